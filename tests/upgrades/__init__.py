"""Databases as released versions left them, and how they are kept and brought back."""
