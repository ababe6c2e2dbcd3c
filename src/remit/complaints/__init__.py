"""The desk: complaints with their customers, orders, words and decisions."""
