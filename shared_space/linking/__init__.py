"""Linking: how two accounts come to share one space, and how either leaves it."""
