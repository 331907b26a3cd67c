/** Markdown with small diffs: cells are not padded, so that a longer value changes only its own line. */

const escaped = (cell: string): string => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Renders a table, or a sentence if there are no rows. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[], otherwise: string): string {
  if (rows.length === 0) return `${otherwise}\n`;
  const line = (cells: readonly (string | number)[]) => `| ${cells.map((cell) => escaped(String(cell))).join(' | ')} |`;
  return `${[line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

/** Renders a list, or a sentence if there are no items. */
export function list(items: readonly string[], otherwise: string): string {
  return items.length === 0 ? `${otherwise}\n` : items.map((item) => `- ${item}\n`).join('');
}

/** Renders a heading and the blocks of its section. */
export function section(level: number, title: string, ...blocks: readonly string[]): string {
  return [`${'#'.repeat(level)} ${title}\n`, ...blocks].join('\n');
}
