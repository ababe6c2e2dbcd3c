"""Remit: the application around the engine. For now, its command."""
