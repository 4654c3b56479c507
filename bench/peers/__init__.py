"""What we are measured against: the plainest server that does the same."""
