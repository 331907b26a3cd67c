import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { Server, Socket } from 'node:net';

/*
 * Keeps unit tests what they are: a test that starts a process or uses the network belongs to the project `process` of the settings of
 * Vitest.
 */
function refuse(): never {
  throw new Error('unit tests start no process and use no network; add the file to `processes` in vitest.config.mts');
}

for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'] as const)
  Object.defineProperty(childProcess, name, { value: refuse, writable: true, configurable: true });
syncBuiltinESMExports();
Server.prototype.listen = refuse;
Socket.prototype.connect = refuse;
