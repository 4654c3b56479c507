"""Journals, individual and shared: everything a member writes is an entry in one of them."""
