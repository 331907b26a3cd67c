import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';
import { byCodeUnit } from '../../lib/core/order';
import type { Tree } from './tree';

/** Tests that reach every source, because they run the built command line. */
const runsDist = /dist\/|\bnpx\b|bin\/diptych/;
/** Distance of a source that a test only reaches through a child process. */
const processDistance = 50;

/** Which tests can notice a change of a source. */
export class Selection {
  private readonly imports = new Map<string, readonly string[]>();
  private readonly distances = new Map<string, ReadonlyMap<string, number>>();
  private readonly processes = new Set<string>();

  constructor(private readonly tree: Tree) {
    const known = new Set(tree.files);
    for (const file of tree.files) if (/\.m?ts$/.test(file)) this.imports.set(file, importsOf(file, tree.read(file), known));
    for (const test of this.tests()) {
      const distance = this.reach(test);
      this.distances.set(test, distance);
      if ([...distance.keys()].some((file) => file.startsWith('test/') && runsDist.test(tree.read(file)))) this.processes.add(test);
    }
  }

  /** The tests that a change of a source can make fail, the nearest first. */
  testsOf(source: string, costOf: (test: string) => number): string[] {
    const mirror = source.replace(/^lib\//, '');
    const folder = dirname(mirror);
    const distance = (test: string): number => {
      const named = test === `test/${mirror.replace(/\.ts$/, '.test.ts')}` ? -2 : dirname(test) === `test/${folder}` ? -1 : 0;
      const imported = this.distances.get(test)?.get(source);
      if (imported !== undefined) return named < 0 ? named : imported;
      return this.processes.has(test) ? processDistance + named : Number.POSITIVE_INFINITY;
    };
    const ranked = this.tests().map((test) => ({ test, distance: distance(test), cost: costOf(test) }));
    return ranked
      .filter((one) => Number.isFinite(one.distance))
      .toSorted((one, other) => one.distance - other.distance || one.cost - other.cost || byCodeUnit(one.test, other.test))
      .map(({ test }) => test);
  }

  private tests(): string[] {
    return this.tree.files.filter((file) => /^test\/(?!e2e\/|mutants\/).*\.test\.ts$/.test(file));
  }

  /** The files that a file imports, directly or not, with the number of imports between. */
  private reach(from: string): ReadonlyMap<string, number> {
    const distance = new Map([[from, 0]]);
    for (const file of distance.keys()) {
      const next = (distance.get(file) ?? 0) + 1;
      for (const imported of this.imports.get(file) ?? []) if (!distance.has(imported)) distance.set(imported, next);
    }
    return distance;
  }
}

function importsOf(file: string, source: string, known: ReadonlySet<string>): string[] {
  const { module } = parseSync(file, source);
  const requested = [
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])),
    ...module.dynamicImports.map(({ moduleRequest }) => source.slice(moduleRequest.start, moduleRequest.end).replace(/['"`]/g, '')),
  ];
  return requested.flatMap((request) => {
    if (request === 'diptych') return ['lib/index.ts'];
    if (!request.startsWith('.')) return [];
    const path = normalize(join(dirname(file), request));
    return [path, `${path}.ts`, `${path}/index.ts`].find((one) => known.has(one)) ?? [];
  });
}
