/** Progress of one tool, on one line. */
export interface Line {
  doing(what: string): void;
  done(outcome: string): void;
}

/** Seconds between two lines if the output is not a terminal. */
const quietSeconds = 20;

/** Reports the progress of a tool: in place on a terminal, otherwise as occasional lines. */
export function report(tool: string): Line {
  const started = Date.now();
  const terminal = process.stderr.isTTY;
  let shown = started;
  const seconds = () => Math.round((Date.now() - started) / 1000);
  return {
    doing(what) {
      if (terminal) process.stderr.write(`\r\x1b[K${tool}: ${what} (${seconds()} s)`);
      else if (Date.now() - shown >= quietSeconds * 1000) {
        shown = Date.now();
        process.stderr.write(`${tool}: ${what} (${seconds()} s)\n`);
      }
    },
    done(outcome) {
      process.stderr.write(`${terminal ? '\r\x1b[K' : ''}${tool}: ${outcome} (${seconds()} s)\n`);
    },
  };
}
