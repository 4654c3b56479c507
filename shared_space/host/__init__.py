"""Whoever hosts: their card, their privacy notice, and what they change in the help lines."""
