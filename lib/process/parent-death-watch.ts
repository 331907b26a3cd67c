/**
 * Shell wrapper that terminates the command when its parent dies, detected by EOF on stdin.
 *
 * The shell replaces itself with the command, so the pid of the child is that of the command. On EOF the command gets SIGTERM, on which
 * Terraform finishes its current operations and releases its state lock; 60 s later the process group gets SIGKILL.
 *
 * The loop uses shell built-ins where possible, because a program might not be on the PATH. `/proc` is read because `kill -0` also succeeds for a zombie that nobody reaps.
 */
export const parentDeathWatch = `
runs() {
  kill -0 "$$" 2>/dev/null || return 1
  { read -r stat <"/proc/$$/stat"; } 2>/dev/null || return 0
  case \${stat##*) } in [ZX]*) return 1 ;; esac
}
exec 3<&0
{
  trap '' TERM INT
  while read -r _ <&3; do :; done
  kill -TERM "$$" 2>/dev/null || exit 0
  seconds=0
  while runs && [ "$seconds" -lt 60 ]; do sleep 1; seconds=$((seconds + 1)); done
  kill -KILL -- "-$$" 2>/dev/null
} >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-
`;
