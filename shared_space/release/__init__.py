"""The manifest of a release, with which anyone can compare a running site."""
