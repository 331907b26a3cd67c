import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(__dirname, '..');

/** Per place, imports that its boundary must refuse. */
const forbidden: Readonly<Record<string, readonly string[]>> = {
  'lib/core/planted.ts': ['../zones/plan', '../../stacks/aws', 'aws-cdk-lib/core', 'cdktf', './terraform', './aws', 'node:fs'],
  'lib/core/terraform.ts': ['aws-cdk-lib/core', '../zones/plan'],
  'lib/core/aws.ts': ['cdktf', '../zones/plan'],
  'lib/core/scope/planted.ts': ['../../zones/plan', 'aws-cdk-lib/core', 'cdktf'],
  'lib/zones/plan.ts': ['../tls/plan', './aws/zone', './kubernetes/namespace', 'aws-cdk-lib/core', 'cdktf', 'node:fs', '../estate/plan'],
  'lib/zones/aws/planted.ts': [
    '../../tls/plan',
    '../../tls/aws/tier',
    '../kubernetes/namespace',
    'cdktf',
    '../../../stacks/aws',
    'aws-cdk-lib',
  ],
  'lib/zones/kubernetes/planted.ts': ['../../tls/plan', '../aws/zone', 'aws-cdk-lib/core', '@cdktf/provider-kubernetes'],
  'lib/tls/plan.ts': ['../estate/plan', './aws/tier', './kubernetes/tier', '../zones/aws/zone', 'aws-cdk-lib/core', 'cdktf', 'node:fs'],
  'lib/tls/boot/planted.ts': ['../../estate/plan', '../aws/tier', '../kubernetes/tier', 'aws-cdk-lib/core', 'node:fs'],
  'lib/tls/haproxy/planted.ts': ['../../estate/plan', '../aws/tier', 'aws-cdk-lib/core', 'node:fs'],
  'lib/tls/sizing/planted.ts': ['../../estate/plan', '../kubernetes/tier', 'cdktf', 'node:fs'],
  'lib/tls/aws/planted.ts': ['../../zones/aws/zone', '../../estate/plan', '../kubernetes/tier', 'cdktf'],
  'lib/tls/kubernetes/planted.ts': ['../../zones/kubernetes/namespace', '../../estate/plan', '../aws/tier', 'aws-cdk-lib/core'],
  'lib/estate/planted.ts': [
    '../zones/aws/zone',
    '../tls/kubernetes/tier',
    '../../stacks/aws',
    'aws-cdk-lib/core',
    'cdktf',
    '../core/terraform',
  ],
  'lib/estate/plan.ts': ['node:fs', 'yaml', '../zones/aws/zone'],
  'lib/index.ts': ['./tls/aws/tier', './zones/kubernetes/namespace', './core/terraform', 'aws-cdk-lib/core', '../stacks/aws'],
  'lib/readback/planted.ts': [
    '../zones/plan',
    '../estate/plan',
    '../core/scope/cloud',
    '../core/terraform',
    '../../stacks/aws',
    'aws-cdk-lib/core',
    'cdktf',
  ],
  'lib/deployment/planted.ts': ['../estate/plan', '../zones/plan', '../core/terraform', '../../stacks/aws', 'aws-cdk-lib/core', 'cdktf'],
  'lib/deployment/cloud/planted.ts': [
    '../../estate/plan',
    '../../tls/aws/tier',
    '../../core/terraform',
    '../../../stacks/aws',
    'aws-cdk-lib/core',
    'cdktf',
  ],
  'stacks/planted.ts': ['../bin/app', '../policies/planted'],
};

interface Diagnostic {
  category: string;
  location: { path: string | { file: string }; start?: { line: number } };
}

let folder: string;
let diagnostics: Diagnostic[];

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** What Biome says of the planted files, under the project's own configuration. */
function lint(): Diagnostic[] {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  try {
    return JSON.parse(
      execFileSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ).diagnostics;
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout).diagnostics;
  }
}

const fileOf = ({ location: { path } }: Diagnostic): string => (typeof path === 'string' ? path : path.file).replace(/^\.\//, '');

const linesOf = (path: string, rule: string): number[] =>
  diagnostics
    .filter((found) => fileOf(found) === path && found.category === rule)
    .map(({ location }) => location.start?.line ?? 0)
    .sort((one, other) => one - other);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-boundaries-'));
  const configuration = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...configuration, vcs: undefined }));
  for (const [path, imports] of Object.entries(forbidden)) {
    plant(path, `${imports.map((name) => `import '${name}';`).join('\n')}\nrequire('../zones/plan');\n`);
  }
  plant('lib/zones/one.ts', "import { other } from './other';\nexport const one = () => other;\n");
  plant('lib/zones/other.ts', "import { one } from './one';\nexport const other = () => one;\n");
  diagnostics = lint();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the import boundaries', () => {
  it.each(Object.entries(forbidden))('refuse every planted import in %s', (path, imports) => {
    expect(linesOf(path, 'lint/style/noRestrictedImports')).toEqual(imports.map((_, index) => index + 1));
  });

  it.each(Object.keys(forbidden))('refuse require() in %s', (path) => {
    expect(linesOf(path, 'lint/style/noCommonJs')).not.toEqual([]);
  });

  it('refuse a cycle', () => {
    expect(linesOf('lib/zones/one.ts', 'lint/suspicious/noImportCycles')).not.toEqual([]);
  });

  it('cover every override of the configuration', () => {
    const { overrides } = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as { overrides: { includes: string[] }[] };
    const planted = Object.keys(forbidden);
    const covered = (glob: string) =>
      planted.some((path) => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(path));
    expect(
      overrides
        .flatMap(({ includes }) => includes)
        .filter((glob) => !covered(glob) && !glob.includes('quota') && !glob.endsWith('spec.ts')),
    ).toEqual([]);
  });
});
