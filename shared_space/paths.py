"""Addresses that more than one module must agree on."""

# The workers that see words which open something: they have no network.
WORKERS = ("/js/crypto/argon2-worker.js", "/js/taking/age-worker.js")
