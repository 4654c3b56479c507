"""Reminders, which are only a time, and push messages without content."""
