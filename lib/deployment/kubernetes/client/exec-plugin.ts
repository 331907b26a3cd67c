import { type ChildProcessWithoutNullStreams, type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { KubeConfig } from '@kubernetes/client-node';

/** Seconds that the exec plugin of a kubeconfig may take; one that opens a browser needs some time. */
export const pluginSeconds = 60;

/** Thrown if the credentials of a kubeconfig do not arrive in time. */
export class CredentialsTimeout extends Error {
  constructor(seconds: number) {
    super(`the kubeconfig's exec plugin did not return credentials within ${seconds} s`);
    this.name = 'CredentialsTimeout';
  }
}

/** Kills exec plugins of a kubeconfig that take too long, which the library waits for without limit. */
export function limitPlugins(config: KubeConfig, seconds: number): void {
  const { authenticators } = config as unknown as { readonly authenticators: readonly { execFn?: unknown }[] };
  for (const authenticator of authenticators) if ('execFn' in authenticator) authenticator.execFn = spawnLimited(seconds);
}

/** Children that nobody waits for any more do not keep this process running. */
function spawnLimited(seconds: number) {
  return (command: string, args: readonly string[] = [], options: SpawnOptionsWithoutStdio = {}): ChildProcessWithoutNullStreams => {
    const child = spawn(command, args, { ...options, timeout: seconds * 1_000, killSignal: 'SIGKILL' });
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as unknown as Socket).unref();
    return child;
  };
}

/**
 * Waits for credentials.
 *
 * @throws {CredentialsTimeout} if they do not arrive in time
 */
export function withinLimit<T>(work: Promise<T>, seconds: number, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancelled);
      end();
    };
    const cancelled = () => settle(() => reject(signal?.reason));
    const timer = setTimeout(() => settle(() => reject(new CredentialsTimeout(seconds))), seconds * 1_000);
    signal?.addEventListener('abort', cancelled, { once: true });
    work.then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}
