// Runs in a booted machine: compares endpoints with their plan, with the code of `diptych probe --handshake`, and prints the results.
// usage: judge-inside.mjs PROGRAM ENDPOINTS CLIENT_FOLDER
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , program, endpoints, folder] = process.argv;
const { handshakes } = await import(program);
const read = (name) => readFileSync(join(folder, name), 'utf8');
const client = { ca: read('authority.crt'), certificate: read('client.crt'), key: read('client.key') };
const findings = await handshakes([], JSON.parse(readFileSync(endpoints, 'utf8')), client);
process.stdout.write(`judged: ${JSON.stringify(findings)}\n`);
