#!/usr/bin/env bash
# Build and test in a minimal Debian 13 (trixie, Python 3.13), which debootstrap makes for it and which is gone afterwards.
#
#   .ci/debian13.sh              make build && make test
#   .ci/debian13.sh COMMAND …    that command in the project's folder instead, e.g. make check
#   DEBIAN_ROOT=DIR …            make the system in DIR, or take the one that is there, and leave it, with what pip
#                                installed, for the next time
#
# Where root, debootstrap or namespaces are missing it says so and ends with status 0: nothing was tested, nothing failed.
# Everything is mounted in a mount namespace of its own. The kernel drops the mounts with the last process in it, also
# when it is killed; outside of it the folder is a plain folder at all times, so that removing it removes nothing else.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)

skip() { echo "Debian 13: skipped, $1."; exit 0; }
say() { printf '\n== Debian 13: %s\n' "$*"; }

[ "$(id -u)" = 0 ] || skip "it needs root (debootstrap and chroot)"
command -v debootstrap >/dev/null || skip "debootstrap is not installed (apt install debootstrap)"
command -v apt-get >/dev/null || skip "there is no apt here to say which mirror to use"
apart=(unshare --mount --pid --fork --kill-child --propagation private)
"${apart[@]}" true 2>/dev/null || skip "namespaces are not allowed here (unshare --mount --pid)"

# The mirror, and the proxy if any, are those of this machine's apt.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 2>/dev/null | sort -u | head -1)
[ -n "$mirror" ] || skip "apt knows no Debian mirror (apt-get update)"
proxy=$(apt-config shell proxy Acquire::http::Proxy)
eval "${proxy:-proxy=}"
[ -z "$proxy" ] || export http_proxy="$proxy"

root=${DEBIAN_ROOT:-}
if [ -z "$root" ]; then
  root=$(mktemp -d /tmp/kaifang-debian13.XXXXXX)
  trap 'rm -rf --one-file-system "$root"' EXIT
fi
if [ ! -x "$root/usr/bin/python3" ]; then
  say "Making the system"
  mkdir -p "$root"
  "${apart[@]}" debootstrap --variant=minbase --include=python3,python3-venv,git,make,ca-certificates trixie "$root" "$mirror" \
    >"$root.log" 2>&1 || { tail -5 "$root.log"; rm -f "$root.log"; exit 1; }
  rm -f "$root.log"
fi

# The project as it lies here, without what git ignores, and nothing beside it.
folder=$root/home/kaifang
mkdir -p "$folder"
find "$folder" -mindepth 1 -maxdepth 1 ! -name .venv -exec rm -rf --one-file-system {} +
git -C "$project" ls-files -z --cached --others --exclude-standard |
  tar -C "$project" --null --ignore-failed-read -cf - -T - 2>/dev/null | tar -C "$folder" -xf -

# What pip and the network need of this machine is seen inside and never copied.
inside() {
  root=$1 folder=$2
  shift 2
  seen() { # show file or folder $1 of this machine at $2 inside, read-only
    [ -e "$1" ] || return 0
    if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$(dirname "$root$2")" && touch "$root$2"; fi
    mount --bind "$1" "$root$2" && mount -o remount,bind,ro "$root$2"
  }
  mount -t proc proc "$root/proc"
  mount -t tmpfs tmpfs "$root/dev/shm"
  for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/xdg/pip /etc/ssl/certs/ca-certificates.crt; do
    seen "$file" "$file"
  done
  seen "$HOME/.config/pip" ~root/.config/pip
  seen "$HOME/.pip" ~root/.pip
  for found in ${PIP_FIND_LINKS:-}; do
    case $found in /*) seen "$found" "$found" ;; esac
  done
  settings=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb)
  while IFS= read -r name; do settings+=("$name=${!name}"); done < <(compgen -e | grep -iE '^(pip_|(https?|no|all)_proxy$)')
  env -i "${settings[@]}" "$root_command" "$root" /bin/sh -c 'cd "$0" && exec "$@"' "${folder#"$root"}" "$@"
}
root_command=$(command -v chroot)
export root_command
export -f inside

[ $# -gt 0 ] || set -- sh -c 'make build && make test'
say "Python $(chroot "$root" python3 -c 'import platform; print(platform.python_version())'): $*"
"${apart[@]}" bash -euo pipefail -c 'inside "$@"' inside "$root" "$folder" "$@"
say "All good"
