"""The servers we are compared with: the simplest ones that do the same."""
