import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { python } from '../e2e/tools/prerequisites';
import { run } from '../e2e/tools/run';
import type { Tool } from '../e2e/tools/tool';

const requirements = join(__dirname, 'requirements.txt');
const pins = readFileSync(requirements, 'utf8');

/** cfn-lint, which judges templates, and shellcheck, which judges boot scripts, with everything they depend on. */
export const judges: Tool = {
  name: 'judges',
  version: /^cfn-lint==(\S+)$/m.exec(pins)?.[1] ?? 'unpinned',
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
