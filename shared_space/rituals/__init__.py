"""Rituals in steps, alone or together. Live steps are relayed and never stored."""
