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

# Debian keeps `ensurepip` in the package python3-venv; an installed pip can serve a folder without it.
rm -rf "$venv"
if "$python" -c 'import ensurepip' 2>/dev/null; then
  "$python" -m venv "$venv"
elif "$python" -m pip --version >/dev/null 2>&1; then
  "$python" -m venv --without-pip "$venv"
  "$python" -m pip --python "$venv/bin/python" install --quiet pip
elif command -v uv >/dev/null 2>&1; then
  uv venv --quiet --seed --python "$python" "$venv"
else
  echo "$python can make no environment: it has neither ensurepip nor pip. One of these helps:" >&2
  echo "  apt-get install python3-venv      or      uv (https://docs.astral.sh/uv/)" >&2
  exit 1
fi

"$venv/bin/python" -m pip install --quiet --require-hashes --requirement requirements.lock
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
