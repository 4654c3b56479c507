"""Everything a page asks for when it opens or comes back, in one answer."""
