"""Signals and offers: one sentence a member, sealed, gone after a day or when taken back."""
