"""Linking two accounts in one space, and leaving it (protocol §7 and §10)."""
