"""What people say in the demo: sentences written by hand, put together anew each time."""
