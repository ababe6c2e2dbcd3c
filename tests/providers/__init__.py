"""Providers, and a stand-in of each with its state and its faults."""
