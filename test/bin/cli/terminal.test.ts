import { afterEach, describe, expect, it, vi } from 'vitest';
import { Terminal } from '../../../bin/cli/terminal';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Returns a terminal of the given width and the lines written to it. */
function terminal(columns: number, isTTY = true) {
  const lines: string[] = [];
  const write = (text: string) => lines.push(text.trimEnd()) > 0;
  return { terminal: new Terminal({ write, isTTY, columns }), lines };
}

const words = 'word '.repeat(40).trim();

describe('Terminal', () => {
  it('Terminal of unknown width is not a screen and wraps at COLUMNS, or at 80 columns', () => {
    vi.stubEnv('COLUMNS', '');
    const { terminal: unknown, lines } = terminal(0);
    expect(unknown.isScreen).toBe(false);
    unknown.paragraph(words);
    expect(lines).toHaveLength(3);
    vi.stubEnv('COLUMNS', '120');
    unknown.paragraph(words);
    expect(lines.slice(3)).toHaveLength(2);
  });

  it('Terminal is a screen if its width is known, and a pipe is not', () => {
    expect([terminal(100).terminal.isScreen, terminal(0, false).terminal.isScreen]).toEqual([true, false]);
  });
});
