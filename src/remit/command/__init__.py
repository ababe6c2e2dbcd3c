"""The command line: `remit letgo approvals.csv`."""
