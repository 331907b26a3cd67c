import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { Server, Socket } from 'node:net';

/*
 * Fails unit tests that start a process or use the network, because these belong to the project `process` in the Vitest configuration.
 */
function refuse(): never {
  throw new Error('unit tests start no process and use no network; add the file to `processes` in vitest.config.mts');
}

for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'] as const)
  Object.defineProperty(childProcess, name, { value: refuse, writable: true, configurable: true });
syncBuiltinESMExports();
Server.prototype.listen = refuse;
Socket.prototype.connect = refuse;
