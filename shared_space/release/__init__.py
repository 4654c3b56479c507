"""What a release serves, so that anyone can compare a running site with it."""
