"""Mail that comes in: the mailbox of each team, how mail is fetched from it, and how it is read."""
