#!/bin/sh
# Runs the first Python on this machine that is new enough: tools/python.sh -m venv .venv
set -eu

for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
  if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    exec "$python" "$@"
  fi
done
echo 'Shared Space needs Python 3.11 or newer, and there is none here.' >&2
exit 1
