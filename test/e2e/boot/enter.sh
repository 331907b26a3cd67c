#!/bin/bash
# Runs in new namespaces: makes a folder the root of a machine, and runs a program there.
# usage: enter.sh ROOT TOOLCHAIN PROGRAM [ARGUMENT...]
set -euo pipefail
root=$1 toolchain=$2
shift 2
# The loopback interface of a new network namespace is down; this is SIOCSIFFLAGS with IFF_UP and IFF_RUNNING.
python3 -c 'import fcntl, socket, struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh", b"lo", 0x41))'
mount --rbind / "$root/host"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root$toolchain"
mount --bind "$toolchain" "$root$toolchain"
exec chroot "$root" "$@"
