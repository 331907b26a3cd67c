import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from './prerequisites';
import { run } from './run';
import type { Tool } from './tool';

const requirements = join(__dirname, 'emulator-requirements.txt');
const pins = readFileSync(requirements, 'utf8');

/** ministack, which answers as the cloud's services do, with everything it depends on. @see https://pypi.org/project/ministack/ */
export const emulator: Tool = {
  name: 'ministack',
  version: /^ministack==(\S+)$/m.exec(pins)?.[1] ?? 'unpinned',
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
