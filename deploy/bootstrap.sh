#!/usr/bin/env bash
# Makes a clean clone runnable: uv, the Python packages, the system libraries of the PDF printer.
#   deploy/bootstrap.sh demo    what running needs
#   deploy/bootstrap.sh dev     and what checking and testing need
# Safe to call again: it does only what is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
KIND="${1:-demo}"
UV_VERSION=0.13.9
TOOLS="$PWD/.amanela/outils"
APT_UPDATED=""

say() { printf '%s\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# Installs Debian packages when we are root and apt is there; says what to type otherwise.
install_packages() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "Installation de : $*"
    [ -n "$APT_UPDATED" ] || { apt-get update -qq || true; APT_UPDATED=1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null || return 1
  else
    return 1
  fi
}

# Every interpreter that suits, one a line, those compiled with optimisations first: without them, as some version managers build,
# Python itself is a fifth slower. Distributions optimise theirs without saying so.
find_pythons() {
  local candidate
  { type -ap python3.11 python3.12 python3.13 python3 || true; } | while read -r candidate; do  # type fails when one is absent
    "$candidate" -c '
import sys, sysconfig
if (3, 11) <= sys.version_info[:2] < (3, 14):
    optimised = sys.base_prefix == "/usr" or "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    print("1" if optimised else "2", sys.argv[1])
' "$candidate" 2>/dev/null || true
  done | sort -s -k 1,1 | cut -d ' ' -f 2-
}

# Debian ships venv apart: another interpreter may have it.
make_tools_venv() {
  local python
  while read -r python; do
    rm -rf "$TOOLS"
    ! "$python" -m venv "$TOOLS" >/dev/null 2>&1 || return 0
  done <<<"$PYTHONS"
  return 1
}

find_uv() {
  if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
    command -v uv
    return
  fi
  if [ ! -x "$TOOLS/bin/uv" ]; then
    say "Préparation de l'installateur uv (une seule fois)…" >&2
    mkdir -p "$(dirname "$TOOLS")"
    make_tools_venv || {
      install_packages python3-venv >&2 && make_tools_venv
    } || fail "Le module venv de Python manque : apt-get install python3-venv"
    "$TOOLS/bin/python" -m pip install -q --disable-pip-version-check "uv==$UV_VERSION" >&2 ||
      fail "uv n'a pas pu être installé : vérifiez l'accès à l'index des paquets Python."
  fi
  printf '%s\n' "$TOOLS/bin/uv"
}

# The packages of the lock file. Nothing already there is removed: a developer may run the demo too.
# Tests start hundreds of processes: what those import is compiled once, here.
sync_packages() {
  local groups=(--no-dev)
  if [ "$KIND" = dev ]; then
    groups=(--group dev --compile-bytecode)
  elif ! { command -v node && command -v npm; } >/dev/null; then
    groups=(--no-dev --group front)
  fi
  local stamp=".venv/.amanela-$KIND"
  if [ -e "$stamp" ] && [ "$stamp" -nt uv.lock ] && [ "$stamp" -nt pyproject.toml ] && [ -x .venv/bin/amanela ]; then
    return
  fi
  say "Installation des paquets Python…"
  "$UV" sync --quiet --frozen --inexact --python "${PYTHONS%%$'\n'*}" "${groups[@]}"
  touch "$stamp"
}

# WeasyPrint loads pango when it is imported; documents are drawn with Inter and DejaVu.
check_pdf_libraries() {
  local stamp=".venv/.amanela-pdf"
  [ -e "$stamp" ] && return
  if ! prints_documents; then
    install_packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core fonts-inter || say "
Les PDF ne pourront pas être imprimés, ou le seront avec d'autres lettres : il manque Pango, Inter ou DejaVu.
  Debian et Ubuntu : apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-dejavu-core fonts-inter
  Fedora : dnf install pango rsms-inter-fonts dejavu-sans-fonts      macOS : brew install pango font-inter font-dejavu
Le reste fonctionne."
  fi
  ! prints_documents || touch "$stamp"
}

prints_documents() {
  .venv/bin/python -W ignore -c 'import weasyprint' >/dev/null 2>&1 && has_font 'DejaVu Sans' && has_font Inter
}

has_font() {
  command -v fc-list >/dev/null && [ -n "$(fc-list "$1" family)" ]
}

# What only tests use: a browser, readers of PDF, a mail server, a broker. Tests that miss one say so.
check_test_tools() {
  local missing=()
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
    missing+=(chromium)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  command -v qpdf >/dev/null || missing+=(qpdf)
  command -v dovecot >/dev/null || missing+=(dovecot-imapd)
  [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}" || say "Sans : ${missing[*]} ; les tests qui s'en servent le diront."
  if [ -z "${AMQP_URL:-}" ] && ! command -v rabbitmq-server >/dev/null && [ ! -x /usr/sbin/rabbitmq-server ]; then
    # Its own start at installation may fail in a container; the tests start a private node.
    install_packages rabbitmq-server || true
  fi
}

PYTHONS="$(find_pythons)"
[ -n "$PYTHONS" ] || fail "Amanela demande Python 3.11, 3.12 ou 3.13 ; aucun n'a été trouvé.
  Debian et Ubuntu : apt-get install python3 python3-venv"
UV="$(find_uv)"
sync_packages
check_pdf_libraries
if [ "$KIND" = dev ]; then check_test_tools; fi
