"""Mail from where it lies: a mailbox over IMAP, or the webhook of a mail service. It ends with a letter."""
