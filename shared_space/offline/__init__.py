"""The home screen, and what opens without a connection."""
