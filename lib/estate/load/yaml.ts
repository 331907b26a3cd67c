import { type Document, isAlias, isMap, isScalar, LineCounter, type Node, parseDocument, type Scalar, visit, type YAMLError } from 'yaml';
import type { Place, Problem } from '../../core/problem';
import { extensionKey } from '../spec';
import type { Loaded } from './source';
import { aliasProblem, leadingZeroProblem, notMapProblem, repeatedKeyProblem, reservedKeyProblem, syntaxProblem } from './yaml-faults';
import { YamlNodes } from './yaml-nodes';

/** Number of aliases that one document may resolve, so that nested aliases cannot exhaust the memory. */
const maxAliasCount = 1_000;

/** Reads a description in YAML 1.2. Syntax errors are reported alone, because other problems would follow from them. */
export function readYaml(text: string, file: string): Loaded {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', stringKeys: true, merge: true });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faultOf = ({ code, message, pos }: YAMLError): Problem => {
    if (code !== 'DUPLICATE_KEY') return syntaxProblem(code, message, file);
    const { key, first } = repeatedKey(document, pos[0]);
    return repeatedKeyProblem(key, at(first).line, file);
  };
  const placed = (problem: Problem, node: Node | undefined): Loaded => ({ problems: [{ ...problem, place: at(node?.range?.[0] ?? 0) }] });
  const errors = independent([...document.errors, ...document.warnings]);
  if (errors.length > 0) return { problems: errors.map((error) => ({ ...faultOf(error), place: at(error.pos[0]) })) };
  const reserved = reservedKeys(document);
  if (reserved.length > 0) return { problems: reserved.flatMap((key) => placed(reservedKeyProblem(file), key).problems) };
  const alias = badAlias(document);
  if (alias) return placed(aliasProblem(file, alias.wrong, 'an alias must refer to an anchor before it'), alias.node);
  try {
    const read: unknown = document.toJS({ maxAliasCount });
    if (!isMap(document.contents)) return placed(notMapProblem(file, read), undefined);
    const raw = withoutExtensions(read as Record<string, unknown>);
    const nodes = new YamlNodes(document, text);
    const ambiguous = numbersWithLeadingZero(document).flatMap(
      (node) => placed(leadingZeroProblem(node.source ?? '', file), node).problems,
    );
    const source = { raw, placeOf: (path: string) => at(nodes.offsetOf(path)), typedAt: (path: string) => nodes.typedAt(path), ambiguous };
    return { source, problems: [] };
  } catch {
    // Aliases without an anchor were found above, so what is left is their number.
    const wrong = `the aliases of the file stand for more than ${maxAliasCount.toLocaleString('en-US')} values`;
    return placed(aliasProblem(file, wrong, 'aliases must not multiply'), undefined);
  }
}

/** Leaves out the top-level keys that start with `x-`, which hold values for anchors. */
function withoutExtensions(read: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(read).filter(([key]) => !extensionKey.test(key)));
}

/** Returns all repeated keys, or the first of the other errors, because later ones may follow from it. */
function independent(errors: readonly YAMLError[]): YAMLError[] {
  const broken = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return broken ? [broken] : [...errors];
}

/** Returns the key that starts at an offset, and the offset of the first key with the same name in its map. */
function repeatedKey(document: Document, offset: number): { key: string; first: number } {
  let found = { key: '', first: 0 };
  visit(document, {
    Map(_key, { items }) {
      const keys = items.flatMap(({ key }) => (isScalar(key) ? [key] : []));
      const again = keys.find(({ range }) => range?.[0] === offset);
      if (again) found = { key: String(again.value), first: keys.find(({ value }) => value === again.value)?.range?.[0] ?? 0 };
    },
  });
  return found;
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
