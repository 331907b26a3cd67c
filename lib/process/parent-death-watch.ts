/**
 * Runs a command that ends when whoever started it is gone, however that ended: its end of our standard input closes then.
 *
 * The wait is the shell's own: a program of a name might not be on the path.
 *
 * The command takes the place of the shell, so that the process that was started is the command. It is asked to stop by SIGTERM,
 * which Terraform takes as the wish to finish what is under way and to give its lock back; a minute later its whole group is killed.
 * One that has ended is still there for `kill -0` where nobody reaps it, so that its state is asked for.
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
