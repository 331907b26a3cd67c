import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from './prerequisites';
import { run } from './run';
import type { Tool } from './tool';

/** A published Python package with everything it depends on, all of it pinned in one file of requirements. */
export interface PythonSource {
  readonly name: string;
  /** The package whose version is the tool's. */
  readonly package: string;
  readonly requirements: string;
}

/** A tool in a Python environment of its own, whose programs stand in its `bin`. */
export function pythonTool({ name, package: published, requirements }: PythonSource): Tool {
  const pins = readFileSync(requirements, 'utf8');
  const version = new RegExp(`^${published}==(\\S+)$`, 'm').exec(pins)?.[1];
  if (!version) throw new Error(`Cannot find the version of ${published} in ${requirements}`);
  return {
    name,
    version,
    needs: [python],
    recipe: createHash('sha256').update(pins).digest('hex').slice(0, 8),
    async install(folder, progress) {
      progress('making an environment');
      await run({ command: 'python3', args: ['-m', 'venv', folder], folder });
      progress('installing packages');
      const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
      await run({ command: join(folder, 'bin', 'python'), args, folder });
    },
  };
}
