import { type Document, isAlias, isMap, isScalar, LineCounter, type Node, parseDocument, type Scalar, visit } from 'yaml';
import type { Place, Problem } from '../../core/problem';
import { extensionKey } from '../spec';
import type { Loaded } from './source';
import {
  aliasProblem,
  leadingZeroProblem,
  notMapProblem,
  repeatedKeyProblem,
  reservedKeyProblem,
  type SyntaxFault,
  syntaxProblem,
} from './yaml-faults';
import { YamlNodes } from './yaml-nodes';

/** Number of aliases that one document may resolve, so that nested aliases cannot exhaust the memory. */
const maxAliasCount = 1_000;

/** Reads a description in YAML 1.2. Syntax errors are reported alone, because other problems would follow from them. */
export function readYaml(text: string, file: string): Loaded {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', stringKeys: true, merge: true, uniqueKeys: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const placed = (problem: Problem, node?: Node): Problem => ({ ...problem, place: at(node?.range?.[0] ?? 0) });
  const [error] = [...document.errors, ...document.warnings];
  // Later errors may follow from the first.
  if (error) return { problems: [{ ...syntaxProblem(error.code as SyntaxFault, error.message, file), place: at(error.pos[0]) }] };
  const repeated = repeatedKeys(document);
  if (repeated.length > 0) {
    return { problems: repeated.map(({ key, first }) => placed(repeatedKeyProblem(String(key.value), at(first).line, file), key)) };
  }
  const reserved = reservedKeys(document);
  if (reserved.length > 0) return { problems: reserved.map((key) => placed(reservedKeyProblem(file), key)) };
  const alias = badAlias(document);
  if (alias) return { problems: [placed(aliasProblem(file, alias.wrong, 'an alias must refer to an anchor before it'), alias.node)] };
  try {
    const read: unknown = document.toJS({ maxAliasCount });
    if (!isMap(document.contents)) return { problems: [placed(notMapProblem(file, read))] };
    const raw = withoutExtensions(read as Record<string, unknown>);
    const nodes = new YamlNodes(document, text);
    const ambiguous = numbersWithLeadingZero(document).map((node) => placed(leadingZeroProblem(node.source ?? '', file), node));
    const source = { raw, placeOf: (path: string) => at(nodes.offsetOf(path)), typedAt: (path: string) => nodes.typedAt(path), ambiguous };
    return { source, problems: [] };
  } catch {
    // Aliases without an anchor were found above, so what is left is their number.
    const wrong = `the aliases of the file stand for more than ${maxAliasCount.toLocaleString('en-US')} values`;
    return { problems: [placed(aliasProblem(file, wrong, 'aliases must not multiply'))] };
  }
}

/** Leaves out the top-level keys that start with `x-`, which hold values for anchors. */
function withoutExtensions(read: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(read).filter(([key]) => !extensionKey.test(key)));
}

/** A key that is in its map already, and the offset of the first key with the same name. */
interface RepeatedKey {
  readonly key: Scalar;
  readonly first: number;
}

/** Finds repeated keys. The parser would compare each key with all others of its map, which takes minutes for tens of thousands. */
function repeatedKeys(document: Document): RepeatedKey[] {
  const found: RepeatedKey[] = [];
  visit(document, {
    Map(_key, { items }) {
      const seen = new Map<unknown, number>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const first = seen.get(key.value);
        if (first === undefined) seen.set(key.value, startOf(key));
        else found.push({ key, first });
      }
    },
  });
  return found;
}

function startOf({ range }: Scalar): number {
  return range?.[0] ?? 0;
}

function numbersWithLeadingZero(document: Document): Scalar[] {
  const found: Scalar[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'number' && /^[-+]?0\d/.test(node.source ?? '')) found.push(node);
    },
  });
  return found;
}

function reservedKeys(document: Document): Node[] {
  const found: Node[] = [];
  visit(document, {
    Pair(_key, { key }) {
      if (isScalar(key) && key.value === '__proto__') found.push(key);
    },
  });
  return found;
}

/** Finds an alias that has no anchor before it, or is inside the value that it refers to. */
function badAlias(document: Document): { wrong: string; node: Node } | undefined {
  const anchors = new Set<string>();
  let found: { wrong: string; node: Node } | undefined;
  visit(document, {
    Node(_key, node, parents) {
      if ('anchor' in node && node.anchor) anchors.add(node.anchor);
      if (!isAlias(node)) return undefined;
      const inside = parents.some((parent) => 'anchor' in parent && parent.anchor === node.source);
      if (inside) found = { wrong: `alias *${node.source} is inside the value that it refers to`, node };
      else if (!anchors.has(node.source)) found = { wrong: `alias *${node.source} has no anchor &${node.source} before it`, node };
      return found && visit.BREAK;
    },
  });
  return found;
}
