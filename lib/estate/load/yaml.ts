import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit, type YAMLError } from 'yaml';
import { type Place, type Problem, problem } from '../../core/problem';

/** A description read from YAML, with the place of each of its attributes. */
export interface YamlDescription {
  readonly raw: unknown;
  /** Where a path stands, or the nearest thing above it. */
  placeOf(path: string): Place | undefined;
}

/** Aliases that one document may resolve: far more than a person writes, far fewer than exhaust a machine. */
const maxAliasCount = 1_000;

/** Reads YAML 1.2; the problems of its syntax come alone, for all that follow would follow from them. */
export function readYaml(text: string, file: string): { description?: YamlDescription; problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', stringKeys: true });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults = independent([...document.errors, ...document.warnings]);
  if (faults.length > 0) return { problems: faults.map((fault) => syntaxProblem(fault, file, at(fault.pos[0]))) };
  const reserved = reservedKeys(document.contents);
  if (reserved.length > 0) return { problems: reserved.map((key) => ({ ...reservedKey(file), place: at(key.range?.[0] ?? 0) })) };
  const cycle = findCycle(document.contents);
  if (cycle) return { problems: [{ ...aliasProblem(file, `it refers to itself by *${cycle.source}`), place: at(cycle.range?.[0] ?? 0) }] };
  try {
    const raw: unknown = document.toJS({ maxAliasCount });
    if (!isMap(document.contents)) return { problems: [{ ...notAMap(file, raw), place: at(0) }] };
    return { description: { raw, placeOf: placesIn(document.contents, at) }, problems: [] };
  } catch (error) {
    return { problems: [{ ...aliasProblem(file, (error as Error).message), place: at(0) }] };
  }
}

/** Keys that stand twice are errors of their own; of all the others the first alone, for the rest may follow from it. */
function independent(faults: readonly YAMLError[]): YAMLError[] {
  const broken = faults.find(({ code }) => code !== 'DUPLICATE_KEY');
  return broken ? [broken] : [...faults];
}

function syntaxProblem({ code, message }: YAMLError, file: string, place: Place): Problem {
  const cannot = 'read the description';
  if (code === 'DUPLICATE_KEY') {
    const value = `line ${place.line}, column ${place.column}`;
    const fix = 'Rename one of the two, or remove it.';
    return { ...problem('EST003', file, { cannot, as: 'each key stands once in its map', value, fix }), place };
  }
  return {
    ...problem('EST002', file, { cannot, as: 'it must be YAML', value: faultOf(message), fix: 'Mend the YAML at that place.' }),
    place,
  };
}

/** What a fault of YAML is: the first line of the parser's message, without the place. */
export function faultOf(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
}

function aliasProblem(file: string, reason: string): Problem {
  return problem('EST004', file, {
    cannot: 'resolve the aliases',
    as: 'a description is finite data',
    value: reason,
    fix: 'Write the values out in place of the aliases.',
  });
}

function notAMap(file: string, raw: unknown): Problem {
  return problem('EST005', file, {
    cannot: 'read the description',
    as: 'it is a map with the attributes estate, haproxy, sites and zones',
    value: raw,
    fix: 'Start from `npx diptych init`, or the examples.',
  });
}

function reservedKey(file: string): Problem {
  return problem('EST011', file, { cannot: 'take the key', as: 'JavaScript reserves it', value: '__proto__', fix: 'Rename the key.' });
}

function reservedKeys(contents: Node | null): Node[] {
  const found: Node[] = [];
  visit(contents as Node, {
    Pair(_key, { key }) {
      if (isScalar(key) && key.value === '__proto__') found.push(key);
    },
  });
  return found;
}

/** An alias inside of what it stands for: data without an end. */
function findCycle(contents: Node | null): (Node & { source: string }) | undefined {
  let found: (Node & { source: string }) | undefined;
  visit(contents as Node, {
    Alias(_key, alias, parents) {
      if (!parents.some((parent) => 'anchor' in parent && parent.anchor === alias.source)) return undefined;
      found = alias;
      return visit.BREAK;
    },
  });
  return found;
}

/** A value below a node, and where it starts. */
interface Entry {
  readonly value: unknown;
  readonly start: number;
}

type At = (offset: number) => Place;

/** The places of a document's paths: what was looked at once is not walked again for the next of many problems. */
function placesIn(contents: Node | null, at: At): (path: string) => Place {
  const anchors = anchorsOf(contents);
  const known = new WeakMap<object, Map<string, Entry>>();
  const below = (node: unknown): Map<string, Entry> => {
    const target = isAlias(node) ? anchors.get(node.source) : node;
    if (!isMap(target) && !isSeq(target)) return new Map();
    const entries = known.get(target) ?? new Map(isMap(target) ? target.items.map(ofPair) : target.items.map(ofItem));
    known.set(target, entries);
    return entries;
  };
  return (path) => {
    let node: unknown = contents;
    let start = 0;
    let rest = path.split('/');
    while (rest.length > 0) {
      const step = longest(below(node), rest);
      if (!step) break;
      node = step.value;
      start = isScalar(node) ? (node.range?.[0] ?? step.start) : step.start;
      rest = rest.slice(step.segments);
    }
    return at(start);
  };
}

/** The entry of the most segments: a key may itself hold slashes. */
function longest(entries: ReadonlyMap<string, Entry>, path: readonly string[]): (Entry & { readonly segments: number }) | undefined {
  if (entries.size === 0) return undefined;
  for (let segments = path.length; segments > 0; segments--) {
    const entry = entries.get(path.slice(0, segments).join('/'));
    if (entry) return { ...entry, segments };
  }
  return undefined;
}

function ofPair({ key, value }: Pair): [string, Entry] {
  return [String(isScalar(key) ? key.value : key), { value, start: (key as Node).range?.[0] ?? 0 }];
}

function ofItem(value: unknown, index: number): [string, Entry] {
  return [String(index), { value, start: (value as Node).range?.[0] ?? 0 }];
}

function anchorsOf(contents: Node | null): Map<string, Node> {
  const anchors = new Map<string, Node>();
  visit(contents as Node, {
    Node(_key, node) {
      if ('anchor' in node && node.anchor) anchors.set(node.anchor, node);
    },
  });
  return anchors;
}
