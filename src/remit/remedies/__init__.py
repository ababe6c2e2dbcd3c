"""What is given to make it right: given, held, settled, taken back; a folder per way to give it."""
