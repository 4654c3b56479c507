"""The database and everything else that lasts: engines, transactions, migrations, backup."""
