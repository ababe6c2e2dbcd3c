"""Remit as whoever runs it meets it: settings, tables, health, logs, figures, several processes."""
