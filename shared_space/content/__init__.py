"""Words that ship with the app: which languages there are, and the YAML beside the nouns."""
