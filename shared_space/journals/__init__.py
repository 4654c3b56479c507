"""Journals: everything a member writes is an entry in one, individual or shared."""
