"""Accounts and the sessions that open them: a login, sealed keys, nothing that reads."""
