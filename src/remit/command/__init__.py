"""The command line: `remit letgo approvals.csv`."""

from remit.command.program import main

__all__ = ["main"]
