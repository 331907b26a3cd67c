import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { go } from './prerequisites';
import { download } from './run';
import type { Tool } from './tool';

/** A published Go module that contains custom resource definitions. */
interface DefinitionModule {
  readonly module: string;
  readonly version: string;
  /** Checksum of the module, as in a go.sum. */
  readonly sum: string;
  readonly folder: string;
}

const modules: Readonly<Record<string, DefinitionModule>> = {
  'cert-manager': {
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.18.2',
    sum: 'h1:H2P75ycGcTMauV3gvpkDqLdS3RSXonWF2S49QGA1PZE=',
    folder: 'deploy/crds',
  },
  'prometheus-operator': {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
    folder: 'example/prometheus-operator-crd',
  },
  metallb: {
    module: 'go.universe.tf/metallb',
    version: 'v0.15.2',
    sum: 'h1:r7KDgJtk3KZe3qb36zRVrVCYHxLR03nPGT+qFXOomJM=',
    folder: 'config/crd/bases',
  },
  'intel-device-plugins': {
    module: 'github.com/intel/intel-device-plugins-for-kubernetes',
    version: 'v0.36.0',
    sum: 'h1:K3XKhTDK9AQPXqOSePU+YwR2LzPumxWJ1R3skMPlnco=',
    folder: 'deployments/operator/crd/bases',
  },
};

/** Custom resource definitions that estates use, one YAML file each. */
export const definitions: Tool = {
  name: 'definitions',
  version: Object.values(modules)
    .map(({ version }) => version)
    .join('-'),
  needs: [go],
  recipe: createHash('sha256').update(JSON.stringify(modules)).digest('hex').slice(0, 8),
  async install(target, progress) {
    for (const [name, definition] of Object.entries(modules)) {
      progress(`downloading the definitions of ${name}`);
      copyDefinitions(await definitionsOf(definition, target), join(target, name));
    }
  },
};

/** Downloads a module, compares its checksum, and returns the folder of its definitions. */
async function definitionsOf({ module, version, sum, folder }: DefinitionModule, target: string): Promise<string> {
  // Runs outside the modules of this repository, because their go.mod would have to list this module.
  const answer = await download({ command: 'go', args: ['mod', 'download', '-json', `${module}@${version}`], folder: target });
  const { Dir, Sum } = JSON.parse(answer) as { Dir: string; Sum: string };
  if (Sum !== sum) throw new Error(`${module} ${version} has the checksum ${Sum}; it must be ${sum}`);
  return join(Dir, folder);
}

function copyDefinitions(from: string, to: string): void {
  mkdirSync(to);
  for (const file of readdirSync(from)) {
    const text = readFileSync(join(from, file), 'utf8');
    // The files of cert-manager are Helm templates, which only template labels and annotations.
    const plain = text
      .split('\n')
      .filter((line) => !line.includes('{{'))
      .join('\n');
    if (/^kind: CustomResourceDefinition$/m.test(plain)) writeFileSync(join(to, file), plain);
  }
}
