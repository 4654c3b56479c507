#!/bin/sh
# Writes the lock files anew from pyproject.toml and package.json, for every Python from 3.11 on
# and every platform, with hashes and without any registry's address.
set -eu

sh tools/python.sh -m venv .venv-lock
.venv-lock/bin/python -m pip install -q --disable-pip-version-check uv

compile() {
  .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' "$@"
}
compile pyproject.toml -o requirements.txt
compile pyproject.toml -o requirements-dev.txt --group dev -c requirements.txt
compile -o requirements-node.txt --group node
sh tools/node.sh npm update --package-lock-only
