"""Persistent storage: database, transactions, migrations, backups, and Redis' timeouts."""
