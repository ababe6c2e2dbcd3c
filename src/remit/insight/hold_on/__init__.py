"""What is worth a look: found, shown to whom it concerns first."""
