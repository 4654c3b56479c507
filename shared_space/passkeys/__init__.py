"""Passkeys: face, finger or phone code in place of the six words, never the one way in."""
