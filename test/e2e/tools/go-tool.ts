import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { go } from './prerequisites';
import { download, run } from './run';
import type { Progress, Tool } from './tool';

/** Programs built from one published Go module, pinned with its dependencies by `modules/<name>/go.mod` and `go.sum`. */
export interface GoSource {
  readonly name: string;
  readonly module: string;
  /** Package of each program, keyed by the program's name. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variable that the linker sets to the version. @default - the program reports no version */
  readonly versionVariable?: string;
}

/** A tool that is compiled from its published source, so that no downloaded binary has to be trusted. */
export function goTool({ name, module, programs, versionVariable }: GoSource): Tool {
  const folder = join(__dirname, 'modules', name);
  const goMod = readFileSync(join(folder, 'go.mod'), 'utf8');
  const version = new RegExp(`\\b${module.replaceAll('.', '\\.')} (v\\S+)`).exec(goMod)?.[1];
  if (!version) throw new Error(`${join(folder, 'go.mod')} does not state the version of ${module}`);
  const flags = ['-trimpath', '-mod=readonly', '-ldflags', `-s -w${versionVariable ? ` -X ${versionVariable}=${version}` : ''}`];
  return {
    name,
    version,
    needs: [go],
    recipe: createHash('sha256')
      .update(JSON.stringify([goMod, readFileSync(join(folder, 'go.sum'), 'utf8'), flags, programs]))
      .digest('hex')
      .slice(0, 8),
    async install(target, progress) {
      progress('downloading modules');
      await download({ command: 'go', args: ['mod', 'download'], folder });
      for (const [program, source] of Object.entries(programs)) await build(program, source);

      async function build(program: string, source: string): Promise<void> {
        const env = { CGO_ENABLED: '0' };
        const packages = await run({ command: 'go', args: ['list', '-deps', '-mod=readonly', source], folder, env });
        const args = ['build', '-v', ...flags, '-o', join(target, program), source];
        await run({ command: 'go', args, folder, env, onLine: counting(program, packages.trim().split('\n').length, progress) });
      }
    },
  };
}

/** Reports progress from the output of the compiler, which is one line for each package. */
function counting(program: string, packages: number, progress: Progress): () => void {
  let compiled = 0;
  progress(`building ${program}`);
  return () => progress(`building ${program}: ${++compiled} of at most ${packages} packages`);
}
