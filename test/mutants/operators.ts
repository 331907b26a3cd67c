import { parseSync, visitorKeys } from 'oxc-parser';
import { isProse, proseOnly, textSubtree } from './text';

/** One change of one source file. */
export interface Mutation {
  readonly operator: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** A node of the syntax tree, as ESTree has it. */
// biome-ignore lint/suspicious/noExplicitAny: the fields of a node depend on its type
export type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [field: string]: any };

const comparisons: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
};
const arithmetic: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*', '**': '*' };
const assignments: Readonly<Record<string, string>> = { '+=': '-=', '-=': '+=', '*=': '/=', '??=': '=', '||=': '&&=' };

/** Methods that are replaced by another; the empty text removes the call and keeps the object. */
const methods: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  all: 'race',
  filter: '',
  sort: '',
  toSorted: '',
  toReversed: '',
  slice: '',
  trim: '',
  toLowerCase: '',
  flat: '',
};

/** Values that have an opposite in the language of the artifacts; any other value becomes the empty text. */
const opposites: Readonly<Record<string, string>> = {
  Allow: 'Deny',
  Deny: 'Allow',
  Ingress: 'Egress',
  Egress: 'Ingress',
  ingress: 'egress',
  egress: 'ingress',
  tcp: 'udp',
  TCP: 'UDP',
};

/** Lists the mutations of one source file, in the order of the text. */
export function mutationsOf(file: string, source: string): Mutation[] {
  if (proseOnly(file)) return [];
  const found = new Map<string, Mutation>();
  const text = (node: Node): string => source.slice(node.start, node.end);
  const add = (operator: string, { start, end }: { start: number; end: number }, replacement: string): void => {
    if (source.slice(start, end) !== replacement) found.set(`${start}:${end}:${replacement}`, { operator, start, end, replacement });
  };
  const swap = (operator: string, left: Node, right: Node, before: string, after: string): void => {
    const at = source.indexOf(before, left.end);
    if (at >= 0 && at < right.start) add(operator, { start: at, end: at + before.length }, after);
  };

  const visit = (node: Node, parent: Node | undefined): void => {
    if (textSubtree(node, parent)) return;
    mutate(node, parent);
    for (const key of visitorKeys[node.type] ?? []) {
      const child = node[key] as Node | (Node | null)[] | null | undefined;
      for (const each of Array.isArray(child) ? child : [child]) if (each) visit(each, node);
    }
  };

  const mutate = (node: Node, parent: Node | undefined): void => {
    switch (node.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        add('condition', node.test, 'true');
        add('condition', node.test, 'false');
        break;
      case 'WhileStatement':
        add('condition', node.test, 'false');
        break;
      case 'BinaryExpression':
        for (const after of comparisons[node.operator] ?? []) swap('comparison', node.left, node.right, node.operator, after);
        if (arithmetic[node.operator]) swap('arithmetic', node.left, node.right, node.operator, arithmetic[node.operator] ?? '');
        break;
      case 'LogicalExpression':
        if (node.operator === '??') add('fallback', node, text(node.left));
        else swap('logic', node.left, node.right, node.operator, node.operator === '&&' ? '||' : '&&');
        break;
      case 'AssignmentExpression':
        if (assignments[node.operator]) swap('arithmetic', node.left, node.right, node.operator, assignments[node.operator] ?? '');
        break;
      case 'UnaryExpression':
        if (node.operator === '!' || node.operator === '-') add('negation', node, text(node.argument));
        break;
      case 'UpdateExpression':
        add('arithmetic', node, text(node).replace(node.operator, node.operator === '++' ? '--' : '++'));
        break;
      case 'Literal':
        literal(node, parent);
        break;
      case 'TemplateLiteral':
        if (!isProse(file, node.quasis.map((quasi: Node) => quasi.value.raw).join(''))) add('string', node, "''");
        break;
      case 'ArrayExpression':
        for (const element of node.elements) if (element && !proseElement(element)) drop('element', element);
        break;
      case 'ObjectExpression':
        for (const property of node.properties) if (!textSubtree(property, node)) drop('property', property);
        break;
      case 'ExpressionStatement':
        statement(node);
        break;
      case 'ThrowStatement':
        if (parent?.type !== 'IfStatement') add('throw', node, ';');
        break;
      case 'CallExpression':
        call(node);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (node.body?.type === 'BlockStatement' && node.body.body.length > 0) add('body', node.body, '{}');
        break;
    }
  };

  const proseElement = (element: Node): boolean =>
    (element.type === 'Literal' && typeof element.value === 'string' && isProse(file, element.value)) ||
    (element.type === 'TemplateLiteral' && isProse(file, element.quasis.map((quasi: Node) => quasi.value.raw).join('')));

  /** Removes an element with the comma after it. */
  const drop = (operator: string, { start, end }: Node): void => {
    const comma = /^\s*,/.exec(source.slice(end))?.[0].length ?? 0;
    add(operator, { start, end: end + comma }, '');
  };

  const literal = (node: Node, parent: Node | undefined): void => {
    if (typeof node.value === 'boolean') add('boolean', node, String(!node.value));
    else if (typeof node.value === 'number') add('number', node, String(node.value < 10 ? node.value + 1 : node.value * 10));
    else if (node.regex) {
      const { pattern } = node.regex as { pattern: string };
      if (pattern.startsWith('^')) add('anchor', { start: node.start + 1, end: node.start + 2 }, '');
      const dollar = node.start + pattern.length;
      if (pattern.endsWith('$')) add('anchor', { start: dollar, end: dollar + 1 }, '');
    } else if (typeof node.value === 'string' && parent?.type !== 'ImportExpression' && parent?.type !== 'MemberExpression') {
      if (parent?.type === 'Property' && parent.key === node) return;
      if (!isProse(file, node.value)) add('string', node, `'${opposites[node.value] ?? ''}'`);
    }
  };

  const statement = ({ expression, start, end }: Node): void => {
    if (expression.type === 'AwaitExpression') {
      add('await', expression, text(expression.argument));
      if (expression.argument.type === 'CallExpression') add('call', { start, end }, ';');
    } else if (expression.type === 'CallExpression' && expression.callee.type !== 'Super') add('call', { start, end }, ';');
    else if (expression.type === 'AssignmentExpression') add('assignment', { start, end }, ';');
  };

  const call = ({ callee, end }: Node): void => {
    if (callee.type !== 'MemberExpression' || callee.computed) return;
    const name = callee.property.name as string;
    const after = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (after === undefined) return;
    if (after === '') add('method', { start: callee.object.end, end }, '');
    else add('method', callee.property, after);
  };

  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  visit(program as unknown as Node, undefined);
  return [...found.values()].toSorted((one, other) => one.start - other.start || one.end - other.end);
}
