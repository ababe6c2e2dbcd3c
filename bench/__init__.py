"""What is measured, beside what it is compared with; every command prints its table."""
