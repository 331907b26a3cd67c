// In a booted machine: holds endpoints to their plan with what `diptych probe --handshake` does it with, and prints what was found.
// usage: judge-inside.mjs PROGRAM ENDPOINTS CLIENT_FOLDER
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , program, endpoints, folder] = process.argv;
const { handshakes } = await import(program);
const read = (name) => readFileSync(join(folder, name), 'utf8');
const client = { ca: read('authority.crt'), certificate: read('client.crt'), key: read('client.key') };
const findings = await handshakes([], JSON.parse(readFileSync(endpoints, 'utf8')), client);
process.stdout.write(`judged: ${JSON.stringify(findings)}\n`);
