"""What every app stands on: writing, the clock, errors, fields, pages. No tables, no words of the domain."""
