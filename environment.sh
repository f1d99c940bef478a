#!/bin/sh
# Make the Python environment of the lock file: sh environment.sh PYTHON FOLDER
set -eu
python=$1
venv=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "evidence-brief needs Python 3.11 or newer; $python is older or missing." >&2
  echo "Name another one: make PYTHON=python3.12" >&2
  exit 1
}
echo "Making the environment in $venv from requirements.lock (once, about a minute) …"

# Debian keeps `ensurepip` in the package python3-venv; the machine's own pip, or uv, can fill a folder without it.
rm -rf "$venv"
if "$python" -c 'import ensurepip' 2>/dev/null; then
  "$python" -m venv "$venv"
  install() { "$venv/bin/python" -m pip install --quiet "$@"; }
elif "$python" -m pip --version >/dev/null 2>&1; then
  "$python" -m venv --without-pip "$venv"
  install() { "$python" -m pip --python "$venv/bin/python" install --quiet "$@"; }
elif command -v uv >/dev/null 2>&1; then
  uv venv --quiet --python "$python" "$venv"
  install() { uv pip install --quiet --python "$venv/bin/python" "$@"; }
else
  echo "$python can make no environment: it has neither ensurepip nor pip. One of these helps:" >&2
  echo "  apt-get install python3-venv      or      uv (https://docs.astral.sh/uv/)" >&2
  exit 1
fi

install --require-hashes --requirement requirements.lock
install --no-deps --no-build-isolation --editable .
