"""Rituals: a sentence a step, alone or with the other; a live step is relayed and never stored."""
