"""The benchmarks of `make bench`: one JSON object per line, both sides measured alternately."""
