"""Web push: encrypted for one browser (RFC 8291), signed by this Remit (RFC 8292), handed to its service."""
