import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import type { TypedValue } from './source';

/** A value inside a map or list, with its key and the offset in the text where the entry starts. */
interface Entry {
  readonly key?: Node;
  readonly value: unknown;
  readonly start: number;
}

/** Finds values of a YAML document by their path. Entries of a map are indexed once, because many problems may be looked up. */
export class YamlNodes {
  private readonly anchors = new Map<string, Node>();
  private readonly indexed = new WeakMap<object, ReadonlyMap<string, Entry>>();

  constructor(
    private readonly document: Document.Parsed,
    private readonly text: string,
  ) {
    visit(document, {
      Node: (_key, node) => {
        if ('anchor' in node && node.anchor) this.anchors.set(node.anchor, node);
      },
    });
  }

  /** Returns the offset of the value at a path, or of the key of the nearest value that contains it. */
  offsetOf(path: string): number {
    const { found } = this.find(path);
    if (!found) return 0;
    return isScalar(found.value) ? (found.value.range?.[0] ?? found.start) : found.start;
  }

  /** Returns the value and the key at a path as they were typed; values of several lines are left out. */
  typedAt(path: string): TypedValue[] {
    const { found, rest } = this.find(path);
    if (!found || rest.length > 0) return [];
    return [this.target(found.value), found.key].flatMap((node) => this.typed(node));
  }

  private typed(node: unknown): TypedValue[] {
    if (!isScalar(node) && !isCollection(node)) return [];
    const [start, end] = node.range ?? [0, 0];
    const text = this.text.slice(start, end);
    return /[\r\n]/.test(text) ? [] : [{ value: node.toJS(this.document), text }];
  }

  private find(path: string): { found?: Entry; rest: readonly string[] } {
    let found: Entry | undefined;
    let rest = path.split('/');
    while (rest.length > 0) {
      const step = longest(this.entriesOf(found ? found.value : this.document.contents), rest);
      if (!step) break;
      found = step.entry;
      rest = rest.slice(step.segments);
    }
    return { found, rest };
  }

  private target(node: unknown): unknown {
    return isAlias(node) ? this.anchors.get(node.source) : node;
  }

  private entriesOf(node: unknown): ReadonlyMap<string, Entry> {
    const target = this.target(node);
    if (!isMap(target) && !isSeq(target)) return new Map();
    const entries = this.indexed.get(target) ?? new Map(isMap(target) ? target.items.map(ofPair) : target.items.map(ofItem));
    this.indexed.set(target, entries);
    return entries;
  }
}

/** Returns the entry whose key has the most segments of a path, because keys such as those of labels contain slashes. */
function longest(entries: ReadonlyMap<string, Entry>, path: readonly string[]): { entry: Entry; segments: number } | undefined {
  if (entries.size === 0) return undefined;
  for (let segments = path.length; segments > 0; segments--) {
    const entry = entries.get(path.slice(0, segments).join('/'));
    if (entry) return { entry, segments };
  }
  return undefined;
}

function ofPair({ key, value }: Pair): [string, Entry] {
  const node = key as Node;
  return [String(isScalar(node) ? node.value : node), { key: node, value, start: node.range?.[0] ?? 0 }];
}

function ofItem(value: unknown, index: number): [string, Entry] {
  return [String(index), { value, start: (value as Node).range?.[0] ?? 0 }];
}
