"""What is typed about big days."""
