"""Who is told what, and by which channel: on the screen, by web push, by mail."""
