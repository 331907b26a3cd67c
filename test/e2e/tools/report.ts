/** One tool's line of progress. */
export interface Line {
  doing(what: string): void;
  done(outcome: string): void;
}

/** Seconds between two lines where nobody watches a terminal. */
const quietSeconds = 20;

/** Says what is going on with a tool: rewritten in place on a terminal, a line now and then elsewhere. */
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
