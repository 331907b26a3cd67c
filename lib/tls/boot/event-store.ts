import { eventLogFile } from './tier-unit';

/** Path of the script that limits the disk space of the event log. */
export const boundProgram = '/usr/local/lib/diptych/bound-event-log';

/** Name of the systemd service and timer that run it. */
export const boundUnit = 'diptych-event-log';

/** Newest part of the event log that is always kept, in MiB. */
const keptMebibytes = 1_024;

/** Interval between two runs, in seconds: within it, an instance writes far less than it keeps. */
const intervalSeconds = 60;

/** Size of a page in bytes: only whole pages can be released. */
const pageBytes = 4_096;

/**
 * Renders the script that releases the disk space of all but the newest part of the event log.
 *
 * It punches a hole into the file instead of truncating it: HAProxy keeps the file open, so no line is lost between copying and
 * truncating, and the offset up to which the log was shipped stays valid.
 *
 * @see fallocate(2), FALLOC_FL_PUNCH_HOLE
 */
export function boundEventLog(mebibytes = keptMebibytes): string {
  return `#!/bin/bash
set -euo pipefail
[ -s ${eventLogFile} ] || exit 0
size="$(stat --format=%s ${eventLogFile})"
end=$(((size - ${mebibytes * 1_024 * 1_024}) / ${pageBytes} * ${pageBytes}))
[ "$end" -le 0 ] || fallocate --punch-hole --offset 0 --length "$end" ${eventLogFile}`;
}

/** The systemd service and timer that limit the event log. */
export const boundUnits = {
  service: `[Unit]
Description=Limits the disk space of the event log

[Service]
Type=oneshot
ExecStart=${boundProgram}`,
  timer: `[Unit]
Description=Limits the disk space of the event log every ${intervalSeconds} seconds

[Timer]
OnBootSec=${intervalSeconds}
OnUnitActiveSec=${intervalSeconds}
AccuracySec=1

[Install]
WantedBy=timers.target`,
} as const;
