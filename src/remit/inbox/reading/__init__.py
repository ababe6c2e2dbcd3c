"""Bytes of a mail into a letter: pure, bounded, and never failing on what others send."""
