import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version in `package.json` of Diptych, which is two folders above the source and three above the compiled file in `dist`. */
export function productVersion(): string {
  const candidates = ['../..', '../../..'].map((up) => join(__dirname, up, 'package.json'));
  const path = candidates.find((file) => existsSync(file)) ?? candidates.join(', ');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
