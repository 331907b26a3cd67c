import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as entry from '../../lib/index';
import { node } from '../support/diptych';

const root = join(__dirname, '../..');
const lib = join(root, 'lib');

/** An `@example` of a docstring in `lib`. */
interface Example {
  /** The file and line of the `@example`. */
  readonly name: string;
  /** The declaration that the docstring belongs to. */
  readonly owner: string | undefined;
  readonly code: string;
}

/** The code of an `@example`, with or without a Markdown fence. */
function codeOf(text: string): string {
  const fenced = /```ts\n([\s\S]*?)```/.exec(text)?.[1];
  return (fenced ?? text).trim();
}

/** Whether a text is a JavaScript literal, such as `'a'`, `[1]` or `{ a: 1 }`. */
function isLiteral(text: string): boolean {
  try {
    new Function(`return (${text});`)();
    return true;
  } catch {
    return false;
  }
}

/** Turns `expression; // value` and `expression; // throws ErrorName` into assertions. */
function withAssertions(line: string): string {
  const [, expression, outcome = ''] = /^(?!const |import )(\S.*); \/\/ (.+)$/.exec(line) ?? [];
  if (expression === undefined) return line;
  const [, error] = /^throws (\w+)/.exec(outcome) ?? [];
  if (error) return `expectation.throws(() => { ${expression}; }, { name: '${error}' });`;
  return isLiteral(outcome) ? `expectation.deepStrictEqual(${expression}, ${outcome});` : line;
}

/**
 * Resolves relative imports from the file of the docstring; `diptych` is the package itself.
 *
 * An example can use the exports of its own file without an import.
 */
function withImports(code: string, file: string, source: string): string {
  const resolved = code.replace(
    /(from\s+')(\.{1,2}\/[^']+)(')/g,
    (_, before, path, after) => `${before}${resolve(dirname(file), path)}${after}`,
  );
  const exported = [...source.matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm)].map(([, name]) => name as string);
  const used = exported.filter((name) => new RegExp(`\\b${name}\\b`).test(code) && !new RegExp(`import [^;]*\\b${name}\\b`).test(code));
  const own = used.length > 0 ? [`import { ${used.join(', ')} } from '${file.replace(/\.ts$/, '')}';`] : [];
  return ["import expectation from 'node:assert';", ...own, ...resolved.split('\n').map(withAssertions)].join('\n');
}

function examplesOf(file: string): Example[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*([^\n]*)/g)].flatMap((docstring) => {
    const [, comment = '', declaration = ''] = docstring;
    const text = comment.replace(/^[ \t]*\* ?/gm, '');
    return text
      .split(/^(?=@)/m)
      .filter((tag) => tag.startsWith('@example'))
      .map((tag) => {
        const line = source.slice(0, (docstring.index ?? 0) + docstring[0].indexOf('@example')).split('\n').length;
        return {
          name: `${relative(root, file)}:${line}`,
          owner: /(?:class|function|const)\s+(\w+)/.exec(declaration)?.[1],
          code: withImports(codeOf(tag.slice('@example'.length)), file, source),
        };
      });
  });
}

const examples = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .flatMap((file) => examplesOf(join(lib, file)));

// The folder is inside the package, so that the compiler finds `diptych` by the package's own name.
mkdirSync(join(root, 'dist'), { recursive: true });
const folder = mkdtempSync(join(root, 'dist/docstrings-'));
const files = examples.map(({ code }, index) => {
  const file = join(folder, `example-${index}.ts`);
  writeFileSync(file, `${code}\nexport {};\n`);
  return file;
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the examples in docstrings', () => {
  it.each(examples.map(({ name }, index) => [name, files[index] as string]))('the example at %s runs', async (_name, file) => {
    await import(file);
  });

  it('all compile in strict mode', () => {
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig', '--types', 'node'];
    const compiler = ['node_modules/typescript/bin/tsc', ...options, '--target', 'es2023', '--module', 'node20'];
    expect(node([...compiler, ...files])).toMatchObject({ status: 0, stdout: '' });
  });

  it('every class and function that the package exports has an example', () => {
    const documented = examples.map(({ owner }) => owner);
    for (const name of Object.keys(entry)) expect(documented).toContain(name);
  });
});
