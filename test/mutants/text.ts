import type { Node } from './operators';

/*
 * Defines which changes only change text and are left out. Text is what users read and no program depends on:
 *
 * 1. a catalogue of codes (`codes.ts`): titles, explanations and fixes;
 * 2. everything inside the statement of a problem and the other properties named below;
 * 3. everything inside the arguments of an error's constructor, of what prints on `console`, `stdout` and `stderr`, and of the functions
 *    that describe a command or a schema;
 * 4. a string or template that contains white space, and every string and template of a file that writes Markdown or explanations;
 * 5. types, imports, and the keys of properties.
 *
 * Conditions and calls around a text are mutated like any other: whether a text is printed is behavior.
 */

const texts = new Set([
  'wrong',
  'rule',
  'got',
  'fix',
  'cannot',
  'as',
  'title',
  'explanation',
  'description',
  'summary',
  'message',
  'note',
  'reason',
]);
const describing = new Set(['describe', 'summary', 'description', 'option', 'argument', 'addHelpText', 'usage', 'meta']);
/** Methods that print, if they are called on `console` or an output stream. */
const printing = new Set(['write', 'log', 'error', 'warn', 'line']);
const outputs = new Set(['console', 'stdout', 'stderr']);

/** True if a file contains only text. */
export function proseOnly(file: string): boolean {
  return /(^|\/)codes\.ts$/.test(file);
}

/** True if a string, or the fixed parts of a template, are text. */
export function isProse(file: string, value: string): boolean {
  return value === '' || /\s/.test(value) || /markdown|explain|summary\//.test(file);
}

/** True if a node and everything inside it is text, a type or an import. */
export function textSubtree(node: Node, parent: Node | undefined): boolean {
  if (node.type.startsWith('Import') && node.type !== 'ImportExpression') return true;
  if (node.type === 'ExportAllDeclaration' || node.type === 'Decorator') return true;
  if (/^TS(?!AsExpression|SatisfiesExpression|NonNullExpression|ParameterProperty)/.test(node.type)) return true;
  if (node.type === 'Property' && texts.has(node.key.name ?? node.key.value)) return !isComputedDescription(node);
  if (parent?.type === 'NewExpression' && parent.callee !== node)
    return /(Error|Refusal)$/.test(parent.callee.name ?? '') && !holdsProblems(node);
  if (parent?.type === 'CallExpression' && parent.callee !== node && parent.callee.type === 'MemberExpression')
    return describing.has(parent.callee.property.name) || (printing.has(parent.callee.property.name) && isOutput(parent.callee.object));
  return false;
}

/** Lists of problems decide what is refused, so only the statements in them are text. */
function holdsProblems({ type }: Node): boolean {
  return type === 'ArrayExpression' || type === 'CallExpression' || type === 'Identifier';
}

/** Programs read some descriptions: the owner of a stack is in the description of its template. */
function isComputedDescription({ key, value }: Node): boolean {
  return (key.name ?? key.value) === 'description' && value.type !== 'Literal' && value.type !== 'TemplateLiteral';
}

function isOutput(node: Node): boolean {
  return outputs.has(node.type === 'MemberExpression' ? node.property.name : node.name);
}
