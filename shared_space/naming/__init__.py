"""The members' own words for their loss and for each other, all of them sealed."""
