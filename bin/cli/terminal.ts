import type { WriteStream } from 'node:tty';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

const escapes: Readonly<Record<Style, string>> = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33' };

/** Standard stream that uses colors and line wrapping only on a terminal. */
export class Terminal {
  constructor(private readonly stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>) {}

  /** True if lines can be redrawn, which needs a terminal of known width. Terminals of CI systems often report none. */
  get isScreen(): boolean {
    return this.stream.isTTY && this.stream.columns > 0;
  }

  /** Returns styled text; plain text if the stream is not a terminal or NO_COLOR is set. */
  style(style: Style, text: string): string {
    return this.stream.isTTY && !process.env.NO_COLOR ? `\u001b[${escapes[style]}m${text}\u001b[0m` : text;
  }

  line(text = ''): void {
    this.stream.write(`${text}\n`);
  }

  /** Writes text, wrapped at the width of the terminal; on a single line if the stream is not a terminal. */
  paragraph(text: string, indent = ''): void {
    const columns = this.stream.columns || Number(process.env.COLUMNS) || 80;
    const width = this.stream.isTTY ? Math.max(40, columns) : Number.POSITIVE_INFINITY;
    for (const line of wrap(text, width - indent.length)) this.line(indent + line);
  }
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || longer.length > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

export const stdout = new Terminal(process.stdout);
export const stderr = new Terminal(process.stderr);
