#!/bin/sh
# Runs a command until it ends or until whoever started this script is gone, however it went: its end of our standard input closes.
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
