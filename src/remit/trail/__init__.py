"""Who did what, when, to what: written, never edited; personal text lives outside the hashes."""
