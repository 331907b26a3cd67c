import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isFile, overrides, specifier, walled } from './overrides';
import { rooms } from './rooms';

const root = join(__dirname, '..', '..');
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

/** Imports that the boundary of a file must refuse, written out so that a mistake in the table shows. */
const forbidden: Readonly<Record<string, readonly string[]>> = {
  'lib/core/planted.ts': [
    '../zones/plan/plan',
    '../../stacks/aws',
    'aws-cdk-lib/core',
    'cdktf',
    './terraform',
    './terraform.js',
    './aws',
    'node:fs',
    '../artifacts/stacks',
  ],
  'lib/core/terraform.ts': ['aws-cdk-lib/core', '../zones/plan/plan', './aws'],
  'lib/core/aws.ts': ['cdktf', '../zones/plan/plan', './terraform'],
  'lib/core/scope/planted.ts': ['../../zones/plan/plan', 'aws-cdk-lib/core', 'cdktf', '../terraform', '../aws'],
  'lib/artifacts/planted.ts': ['../zones/spec', '../estate/plan-schema', '../process/child', 'aws-cdk-lib/core', '../core/aws'],
  'lib/process/planted.ts': ['../artifacts/stacks', '../deployment/codes', '../core/terraform'],
  'lib/handshake/planted.ts': ['../tls/profiles', '../artifacts/stacks', '../deployment/probe/handshakes'],
  'lib/zones/spec.ts': ['../tls/plan/plan', './aws/zone', './plan/plan', 'aws-cdk-lib/core', 'cdktf', 'node:fs', '../estate/plan/plan'],
  'lib/zones/plan/plan.ts': [
    '../../tls/plan/plan',
    '../aws/zone',
    '../kubernetes/namespace',
    '../checks/check',
    'aws-cdk-lib/core',
    'cdktf',
    'node:fs',
    '../../estate/plan/plan',
  ],
  'lib/zones/aws/planted.ts': [
    '../../tls/plan/plan',
    '../../tls/aws/tier',
    '../kubernetes/namespace',
    'cdktf',
    '../../../stacks/aws',
    'aws-cdk-lib',
    '../../core/terraform',
  ],
  'lib/zones/kubernetes/planted.ts': [
    '../../tls/plan/plan',
    '../aws/zone',
    'aws-cdk-lib/core',
    '@cdktf/provider-kubernetes',
    '../../core/aws',
  ],
  'lib/tls/spec.ts': [
    '../estate/plan/plan',
    './aws/tier',
    './kubernetes/tier',
    '../zones/aws/zone',
    'aws-cdk-lib/core',
    'cdktf',
    'node:fs',
  ],
  'lib/tls/plan/plan.ts': [
    '../../estate/plan/plan',
    '../aws/tier',
    '../kubernetes/tier',
    '../../zones/aws/zone',
    'aws-cdk-lib/core',
    'cdktf',
    'node:fs',
  ],
  'lib/tls/boot/planted.ts': ['../../estate/plan/plan', '../aws/tier', '../kubernetes/tier', 'aws-cdk-lib/core', 'node:fs'],
  'lib/tls/haproxy/planted.ts': ['../../estate/plan/plan', '../aws/tier', 'aws-cdk-lib/core', 'node:fs'],
  'lib/tls/sizing/planted.ts': ['../../estate/plan/plan', '../kubernetes/tier', 'cdktf', 'node:fs'],
  'lib/tls/aws/planted.ts': ['../../zones/aws/zone', '../../estate/plan/plan', '../kubernetes/tier', 'cdktf'],
  'lib/tls/kubernetes/planted.ts': ['../../zones/kubernetes/namespace', '../../estate/plan/plan', '../aws/tier', 'aws-cdk-lib/core'],
  'lib/estate/planted.ts': [
    '../zones/aws/zone',
    '../tls/kubernetes/tier',
    '../../stacks/aws',
    'aws-cdk-lib/core',
    'cdktf',
    '../core/terraform',
    'node:fs',
  ],
  'lib/estate/plan/plan.ts': ['node:fs', 'yaml', '../../zones/aws/zone', '../load/load', '../../deployment/codes'],
  'lib/estate/load/planted.ts': ['../../zones/aws/zone', '../../deployment/codes', '../../../bin/app', 'aws-cdk-lib/core'],
  'lib/index.ts': ['./tls/aws/tier', './zones/kubernetes/namespace', './core/terraform', 'aws-cdk-lib/core', '../stacks/aws'],
  'lib/readback/planted.ts': [
    '../zones/plan/plan',
    '../estate/plan/plan',
    '../core/scope/cloud',
    '../core/terraform',
    '../../stacks/aws',
    'aws-cdk-lib/core',
    'cdktf',
  ],
  'lib/readback/terraform/planted.ts': [
    '../../zones/plan/plan',
    '../../estate/plan-schema',
    '../../core/scope/cloud',
    '../../core/terraform',
    '../../core/aws',
    'cdktf',
  ],
  'lib/deployment/planted.ts': [
    '../estate/plan/plan',
    '../zones/plan/plan',
    '../core/terraform',
    '../../stacks/aws',
    'aws-cdk-lib/core',
    'cdktf',
  ],
  'lib/deployment/aws/planted.ts': [
    '../../estate/plan/plan',
    '../../tls/aws/tier',
    '../../core/terraform',
    '../../../stacks/aws',
    'aws-cdk-lib/core',
    'cdktf',
    '../kubernetes/apply',
    '../gate/choice',
    '../run/deployment',
    '../probe/probe',
  ],
  'lib/deployment/model/planted.ts': ['../aws/cdk', '../terraform/terraform', '../kubernetes/apply', '../gate/choice'],
  'lib/deployment/kubernetes/planted.ts': ['../aws/cdk', '../terraform/terraform', '../gate/choice', '../run/deployment', '../probe/probe'],
  'lib/deployment/terraform/planted.ts': ['../aws/cdk', '../gate/choice', '../run/deployment', '../probe/probe'],
  'lib/deployment/gate/planted.ts': ['../run/deployment', '../probe/probe', '../../estate/plan-schema'],
  'lib/deployment/run/planted.ts': ['../probe/probe', '../../estate/plan-schema', '../../../bin/app'],
  'lib/deployment/probe/planted.ts': ['../run/deployment', '../terraform/terraform', '../../estate/plan-schema'],
  'lib/deployment/probe/readers/planted.ts': ['../aws/declared', '../probe', '../../gate/choice'],
  'stacks/planted.ts': ['../bin/app', '../policies/planted', '../lib/deployment/run/deployment', '../lib/readback/terraform/objects'],
  'bin/commands/planted.ts': ['../diptych', '../../lib/deployment/aws/cdk', '../../lib/zones/aws/zone', 'aws-cdk-lib/core'],
  'lib/newcomer/planted.ts': ['../core/problem', 'zod'],
  'policies/planted.ts': ['../lib/core/problem'],
};

/** Packages of which each room may import few. */
const packages = [
  'zod',
  'yaml',
  'listr2',
  'constructs',
  'commander',
  'cdktf',
  'aws-cdk-lib/core',
  '@cdktf/provider-kubernetes/lib/manifest',
  '@aws-sdk/client-ec2',
  '@kubernetes/client-node',
  'node:fs',
  'node:child_process',
  'node:os',
  'node:tls',
];

const importOf = (room: string, other: string): string =>
  isFile(other) ? specifier(room, other).replace(/\.ts$/, '') : specifier(room, `${other}/planted`);

const allows = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(name);

/** For each room, the imports that its row names and those that it does not name. */
const planted = Object.entries(rooms).map(([room, row]) => {
  const path = isFile(room) ? room : `${room}/table.ts`;
  const others = Object.keys(rooms).filter((other) => other !== room);
  const [near, far] = [others.filter((other) => row.imports.includes(other)), others.filter((other) => !row.imports.includes(other))];
  const usable = packages.filter((name) => row.packages.some((pattern) => allows(pattern, name)));
  return {
    path,
    allowed: [...near.map((other) => importOf(room, other)), ...usable],
    refused: [...far.map((other) => importOf(room, other)), ...packages.filter((name) => !usable.includes(name))],
  };
});

interface Diagnostic {
  category: string;
  location: { path: string | { file: string }; start?: { line: number } };
}

/** What Biome reports for some files, under the project's configuration with the generated overrides, by path and rule. */
function lint(files: Readonly<Record<string, string>>): (path: string, rule: string) => number[] {
  const folder = mkdtempSync(join(tmpdir(), 'diptych-boundaries-'));
  try {
    const configuration = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    for (const [path, text] of Object.entries({
      ...files,
      'biome.json': JSON.stringify({ ...configuration, vcs: undefined, overrides: overrides() }),
    })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const diagnostics = diagnosticsIn(folder);
    return (path, rule) =>
      diagnostics
        .filter((found) => fileOf(found) === path && found.category === rule)
        .map(({ location }) => location.start?.line ?? 0)
        .sort((one, other) => one - other);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function diagnosticsIn(folder: string): Diagnostic[] {
  try {
    return JSON.parse(
      execFileSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ).diagnostics;
  } catch (error) {
    return JSON.parse((error as { stdout: string }).stdout).diagnostics;
  }
}

const fileOf = ({ location: { path } }: Diagnostic): string => (typeof path === 'string' ? path : path.file).replace(/^\.\//, '');

const importing = (names: readonly string[]): string => `${names.map((name) => `import '${name}';`).join('\n')}\n`;

const lines = (names: readonly string[]): number[] => names.map((_, index) => index + 1);

const restricted = 'lint/style/noRestrictedImports';

describe('the import boundaries', () => {
  let linesOf: (path: string, rule: string) => number[];

  beforeAll(() => {
    linesOf = lint({
      ...Object.fromEntries(Object.entries(forbidden).map(([path, names]) => [path, `${importing(names)}require('../zones/plan');\n`])),
      'lib/zones/one.ts': "import { other } from './other';\nexport const one = () => other;\n",
      'lib/zones/other.ts': "import { one } from './one';\nexport const other = () => one;\n",
    });
  });

  it.each(Object.entries(forbidden))('refuse every planted import in %s', (path, names) => {
    expect(linesOf(path, restricted)).toEqual(lines(names));
  });

  it.each(Object.keys(forbidden))('refuse require() in %s', (path) => {
    expect(linesOf(path, 'lint/style/noCommonJs')).not.toEqual([]);
  });

  it('refuse a cycle', () => {
    expect(linesOf('lib/zones/one.ts', 'lint/suspicious/noImportCycles')).not.toEqual([]);
  });
});

describe('the import table', () => {
  let linesOf: (path: string, rule: string) => number[];

  beforeAll(() => {
    linesOf = lint(Object.fromEntries(planted.map(({ path, allowed, refused }) => [path, importing([...refused, ...allowed])])));
  });

  it.each(planted)('refuses every import in $path that its row does not name, and no other', ({ path, refused }) => {
    expect(linesOf(path, restricted)).toEqual(lines(refused));
  });

  it('is the source of the overrides in biome.json', async () => {
    const configuration = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
    const text = execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=generated.json'], {
      cwd: root,
      encoding: 'utf8',
      input: JSON.stringify({ ...configuration, overrides: overrides() }),
    });
    await expect(text).toMatchFileSnapshot(join(root, 'biome.json'));
  });

  it('has a row for every folder with code and no row for a folder without', () => {
    expect(
      Object.keys(rooms)
        .filter((room) => !isFile(room))
        .sort(),
    ).toEqual(walled.flatMap(foldersWithCode).sort());
    expect(Object.keys(rooms).filter((room) => isFile(room) && !existsSync(join(root, room)))).toEqual([]);
  });

  it('names in every row only rooms that have one', () => {
    expect(Object.values(rooms).flatMap(({ imports }) => imports.filter((other) => !(other in rooms)))).toEqual([]);
  });

  it('has no cycle of folders, including cycles of a folder and its subfolders', () => {
    expect(circles(Object.fromEntries(Object.entries(rooms).map(([room, { imports }]) => [room, imports])))).toEqual([]);
  });

  it('gives every room a reason', () => {
    expect(Object.entries(rooms).filter(([, { why }]) => why.length < 20)).toEqual([]);
  });

  it('lets lib import neither stacks nor bin nor policies, and deployment neither the plan nor a backend', () => {
    const outside = (room: string, names: RegExp) => (rooms[room]?.imports ?? []).filter((other) => names.test(other));
    const inLib = Object.keys(rooms).filter((room) => room.startsWith('lib'));
    expect(inLib.flatMap((room) => outside(room, /^(?:stacks|bin|policies)/))).toEqual([]);
    const deployment = inLib.filter((room) => /^lib\/(?:deployment|readback|artifacts|process|handshake)/.test(room));
    expect(deployment.flatMap((room) => outside(room, /^lib\/(?:zones|tls|estate)|^lib\/core\/(?:scope|aws\.ts|terraform\.ts)/))).toEqual(
      [],
    );
  });
});

describe('the search for cycles', () => {
  it('finds a cycle between a folder and its subfolder', () => {
    expect(circles({ lib: ['lib/core'], 'lib/core': ['lib'], bin: ['lib'] })).toEqual(['lib', 'lib/core']);
  });
});

describe('lib/core/scope', () => {
  it('holds types only', () => {
    const text = readdirSync(join(root, 'lib/core/scope')).map((name) => readFileSync(join(root, 'lib/core/scope', name), 'utf8'));
    const statements = text.flatMap((one) => one.match(/^(?:import|export|const|let|var|class|function|enum)\b.*/gm) ?? []);
    expect(statements.filter((line) => !/^(?:import type|export (?:interface|type)) /.test(line))).toEqual([]);
  });
});

/** Rooms in cycles: those that remain after repeatedly removing rooms that import none of the remaining, or that none of them imports. */
function circles(graph: Readonly<Record<string, readonly string[]>>): string[] {
  let left = Object.keys(graph);
  for (;;) {
    const next = left.filter(
      (room) => (graph[room] ?? []).some((other) => left.includes(other)) && left.some((other) => graph[other]?.includes(room)),
    );
    if (next.length === left.length) return left;
    left = next;
  }
}

function foldersWithCode(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  const inner = entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => foldersWithCode(`${folder}/${name}`));
  return entries.some(({ name }) => name.endsWith('.ts')) ? [folder, ...inner] : inner;
}
