"""Passkeys (WebAuthn) as another way to sign in, never the only one."""
