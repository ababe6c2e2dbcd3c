"""What holds for all tests."""

import signal

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would every process that they
# start; but some of them press it.
signal.signal(signal.SIGINT, signal.default_int_handler)
