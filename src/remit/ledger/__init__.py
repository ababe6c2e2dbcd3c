"""What was really given, in balanced entries that are never changed."""
