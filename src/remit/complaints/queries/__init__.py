"""What is read across tables at the desk."""
