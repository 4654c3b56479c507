"""Reminders: a bare moment, if somebody asks for one; and a message without words."""
