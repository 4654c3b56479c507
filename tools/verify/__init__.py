"""`python -m tools.verify https://…`: compare a running site, from outside, with a release."""
