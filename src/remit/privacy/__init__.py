"""What is held about people: found, handed out, made nobody, and not kept longer than it is needed."""
