"""Addresses that more than one module must agree on."""

ARGON2_WORKER = "/js/crypto/argon2-worker.js"
PICTURE_WORKER = "/js/keepsakes/picture-worker.js"
