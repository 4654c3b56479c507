#!/bin/sh
# Sees to it that the parts named are here: tools/debian.sh chromium postgresql
# As root on Debian it installs what is missing; otherwise it prints the one line that does.
set -eu

is_here() {
  case $1 in
    postgresql) command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
    python3-venv) sh tools/python.sh -c 'import ensurepip' 2>/dev/null ;;
    webkit2gtk-driver) command -v WebKitWebDriver >/dev/null ;;
    xvfb) command -v Xvfb >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

missing() {
  for part in "$@"; do
    is_here "$part" || printf '%s ' "$part"
  done
}

wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  log=$(mktemp)
  echo "Installing $wanted"
  # shellcheck disable=SC2086 # one word for each package
  if apt-get update >"$log" 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $wanted >>"$log" 2>&1; then
    rm "$log"
  else
    cat "$log"
  fi
  wanted=$(missing "$@")
  [ -n "$wanted" ] || exit 0
fi

echo "Not here: $wanted" >&2
echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $wanted" >&2
# In CI a missing part is a failure; elsewhere its tests say that they were skipped.
[ "${CI:-}" != true ]
