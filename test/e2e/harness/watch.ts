import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Kubectl } from './kubectl';

/** Every value that one field of an object takes on, from now until it is stopped. */
export interface Watch {
  readonly values: readonly string[];
  stop(): Promise<void>;
}

/** Watches a field of an object; no value in between is missed, as it would be by asking again and again. */
export function watch({ program, kubeconfig }: Kubectl, resource: readonly string[], field: string): Watch {
  const args = [`--kubeconfig=${kubeconfig}`, 'get', ...resource, '--watch', `--output=jsonpath={${field}}{"\\n"}`];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const values: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => values.push(line));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    values,
    stop() {
      child.kill();
      return closed;
    },
  };
}
