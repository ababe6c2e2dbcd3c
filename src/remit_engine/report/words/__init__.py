"""Every sentence that people see, in one place: terminal, page, JSON and draft take their words from here."""
