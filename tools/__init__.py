"""Tools for developers, partly run by `make check`."""
