"""What whoever runs Remit looks at: tables and their versions, health, lines in a log, figures for alarms."""
