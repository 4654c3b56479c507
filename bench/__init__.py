"""What `make bench` measures. One JSON object a line; every pair in turn, in one run."""
