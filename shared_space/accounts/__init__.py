"""Accounts and their sessions. They hold sealed keys and nothing that opens them."""
