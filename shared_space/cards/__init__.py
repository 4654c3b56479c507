"""The counsellor's card: a suggestion on paper, in the fragment of an address."""
