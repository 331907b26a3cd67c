#!/bin/sh
# Terminates the command when the parent of this script dies, detected by EOF on stdin.
"$@" </dev/null &
child=$!
exec 3<&0
{
  cat <&3 >/dev/null
  kill "$child" 2>/dev/null
} >/dev/null 2>&1 &
exec 3<&-
trap 'kill "$child" 2>/dev/null' TERM INT
wait "$child"
code=$?
# A trapped signal ends the first wait before the command has ended.
wait "$child" 2>/dev/null
exit "$code"
