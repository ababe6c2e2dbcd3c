"""How quickly big days are planned, and how well."""
