"""Signals: one sealed sentence per member, deleted after a day or when it is withdrawn."""
