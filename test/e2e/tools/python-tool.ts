import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from './prerequisites';
import { run } from './run';
import type { Tool } from './tool';

/** A published Python package, pinned with its dependencies in a requirements file. */
export interface PythonSource {
  readonly name: string;
  /** Package whose version is the version of the tool. */
  readonly package: string;
  readonly requirements: string;
}

/** A tool in a virtual environment of Python, with its programs in `bin`. */
export function pythonTool({ name, package: published, requirements }: PythonSource): Tool {
  const pins = readFileSync(requirements, 'utf8');
  const version = new RegExp(`^${published}==(\\S+)$`, 'm').exec(pins)?.[1];
  if (!version) throw new Error(`${requirements} does not state the version of ${published}`);
  return {
    name,
    version,
    needs: [python],
    recipe: createHash('sha256').update(pins).digest('hex').slice(0, 8),
    async install(folder, progress) {
      progress('creating a virtual environment');
      await run({ command: 'python3', args: ['-m', 'venv', folder], folder });
      progress('installing packages');
      const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
      await run({ command: join(folder, 'bin', 'python'), args, folder });
    },
  };
}
