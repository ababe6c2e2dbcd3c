"""Reads of purpose that join or count."""
