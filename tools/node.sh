#!/bin/sh
# Runs this machine's Node.js where it is new enough, otherwise one that pip puts into .venv:
# tools/node.sh node FILE, tools/node.sh npm ci
set -eu

new_enough() {
  "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null
}

if new_enough node && command -v npm >/dev/null; then
  exec "$@"
fi
if ! new_enough .venv/bin/node; then
  .venv/bin/python -m pip install -q --disable-pip-version-check -r requirements-node.txt >&2
fi
PATH="$PWD/.venv/bin:$PATH" exec "$@"
