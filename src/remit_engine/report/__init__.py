"""What `remit letgo` shows: the terminal, one HTML file, a draft charter, JSON."""
