"""Work that comes back: rules of RFC 5545, a team's wall clock and its changes, closed days."""
