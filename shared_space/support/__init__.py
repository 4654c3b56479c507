"""Helplines, by country."""
