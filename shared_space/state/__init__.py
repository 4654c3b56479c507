"""Everything a page needs when it opens or reconnects, in one response."""
