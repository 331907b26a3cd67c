/** Writes Markdown that diffs well: tables are not padded, so that a longer value changes its own line only. */

const escaped = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table; without rows the sentence in its place. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[], otherwise: string): string {
  if (rows.length === 0) return `${otherwise}\n`;
  const line = (cells: readonly (string | number)[]) => `| ${cells.map((cell) => escaped(String(cell))).join(' | ')} |`;
  return `${[line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

/** A list; without items the sentence in its place. */
export function list(items: readonly string[], otherwise: string): string {
  return items.length === 0 ? `${otherwise}\n` : items.map((item) => `- ${item}\n`).join('');
}

/** A heading and what stands under it. */
export function section(level: number, title: string, ...blocks: readonly string[]): string {
  return [`${'#'.repeat(level)} ${title}\n`, ...blocks].join('\n');
}
