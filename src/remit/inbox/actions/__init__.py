"""What is done with mailboxes."""
