import { type Document, isAlias, isMap, isScalar, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import type { Place, Problem } from '../../core/problem';
import type { Loaded } from './source';
import { aliasProblem, notMapProblem, reservedKeyProblem, syntaxProblem } from './yaml-faults';
import { YamlNodes } from './yaml-nodes';

/** Number of aliases that one document may resolve, so that nested aliases cannot exhaust the memory. */
const maxAliasCount = 1_000;

/** Reads a description in YAML 1.2. Syntax errors are reported alone, because other problems would follow from them. */
export function readYaml(text: string, file: string): Loaded {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', stringKeys: true });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const placed = (problem: Problem, node: Node | undefined): Loaded => ({ problems: [{ ...problem, place: at(node?.range?.[0] ?? 0) }] });
  const errors = independent([...document.errors, ...document.warnings]);
  if (errors.length > 0)
    return { problems: errors.map((error) => syntaxProblem(error, keyAt(document, error.pos[0]), file, at(error.pos[0]))) };
  const reserved = reservedKeys(document);
  if (reserved.length > 0) return { problems: reserved.flatMap((key) => placed(reservedKeyProblem(file), key).problems) };
  const alias = badAlias(document);
  if (alias) return placed(aliasProblem(file, alias.wrong, 'an alias must refer to an anchor before it'), alias.node);
  try {
    const raw: unknown = document.toJS({ maxAliasCount });
    if (!isMap(document.contents)) return placed(notMapProblem(file, raw), undefined);
    const nodes = new YamlNodes(document, text);
    return { source: { raw, placeOf: (path) => at(nodes.offsetOf(path)), typedAt: (path) => nodes.typedAt(path) }, problems: [] };
  } catch {
    // Aliases without an anchor were found above, so what is left is their number.
    const wrong = `the aliases of the file stand for more than ${maxAliasCount.toLocaleString('en-US')} values`;
    return placed(aliasProblem(file, wrong, 'aliases must not multiply'), undefined);
  }
}

/** Returns all repeated keys, or the first of the other errors, because later ones may follow from it. */
function independent(errors: readonly YAMLError[]): YAMLError[] {
  const broken = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return broken ? [broken] : [...errors];
}

/** Returns the key that starts at an offset. */
function keyAt(document: Document, offset: number): string {
  let found = '';
  visit(document, {
    Pair(_key, { key }) {
      if (isScalar(key) && key.range?.[0] === offset) found = String(key.value);
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
