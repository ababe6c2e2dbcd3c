"""What a procedure says, without tables: as values, as Markdown, and what became otherwise between two."""
