#!/bin/bash
# Stand-in for the container runtime: a new root with the given volumes, without capabilities, with the environment of the image.
# usage: container.sh [--env-file=FILE]... [--volume=FROM:TO:ro|rw]... -- COMMAND...
set -euo pipefail
root=$(mktemp --directory /run/container-XXXXXX)
mkdir -p "$root"/{host,proc,dev,tmp,etc,run}
for name in bin lib lib64 usr; do ln -s "host/$name" "$root/$name"; done
# A runtime gives a container the resolver of its host or cluster; this one does not answer.
echo nameserver 127.0.0.1 >"$root/etc/resolv.conf"
mount --rbind /host "$root/host"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
toolchain=$(cat /stand-ins/toolchain)
mkdir -p "$root$toolchain"
mount --bind "$toolchain" "$root$toolchain"
variables=("PATH=$toolchain:/usr/bin:/bin")
mapfile -t -O "${#variables[@]}" variables </stand-ins/image-environment
while [ "$1" != -- ]; do
  case "$1" in
    --env-file=*) mapfile -t -O "${#variables[@]}" variables <"${1#*=}" ;;
    --volume=*)
      IFS=: read -r from to mode <<<"${1#*=}"
      [ -d "$from" ] || { echo "no such folder: $from" >&2; exit 125; }
      mkdir -p "$root$to"
      mount --bind "$from" "$root$to"
      [[ ",$mode," == *,rw,* ]] || mount -o remount,bind,ro "$root$to"
      ;;
  esac
  shift
done
shift
cd /
# HAProxy does not start if the machine allows fewer file descriptors than its configuration may need, so the check is disabled then.
if ! { ulimit -n "$(cat /proc/sys/fs/nr_open)"; } 2>/dev/null && [[ "$*" == *haproxy* ]]; then
  printf 'global\n  no strict-limits\n' >"$root/tmp/small-machine.cfg"
  set -- "$@" -f /tmp/small-machine.cfg
fi
# The user is root of the namespace only. Without capabilities, it can bind low ports only if a kernel setting allows it.
exec chroot "$root" env -i "${variables[@]}" setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
