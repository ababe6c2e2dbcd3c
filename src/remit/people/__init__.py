"""Members (human and software), teams, roles, who is on duty, and the ways in."""
