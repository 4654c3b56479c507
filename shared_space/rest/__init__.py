"""Rest: a state in which a member receives no signals, reminders or push messages."""
