"""What is run now and then by who works on this, and by `make check`."""
