import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Kubectl } from './kubectl';

/** Collects the values of a field until it is stopped. */
export interface Watch {
  readonly values: readonly string[];
  stop(): Promise<void>;
}

/** Watches a field of an object; unlike polling, a watch misses no value. */
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
