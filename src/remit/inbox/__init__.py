"""Mail that comes in: how it is read, and how it is fetched; no tables and no pages."""
