import { afterEach, describe, expect, it, vi } from 'vitest';
import { Terminal } from '../../../bin/cli/terminal';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A terminal of a width, and what was written on it. */
function terminal(columns: number, isTTY = true) {
  const lines: string[] = [];
  const write = (text: string) => lines.push(text.trimEnd()) > 0;
  return { terminal: new Terminal({ write, isTTY, columns }), lines };
}

const words = 'word '.repeat(40).trim();

describe('a terminal', () => {
  it('that does not know its width is no screen, and lines are as long as COLUMNS says, else as usual', () => {
    vi.stubEnv('COLUMNS', '');
    const { terminal: unknown, lines } = terminal(0);
    expect(unknown.isScreen).toBe(false);
    unknown.paragraph(words);
    expect(lines).toHaveLength(3);
    vi.stubEnv('COLUMNS', '120');
    unknown.paragraph(words);
    expect(lines.slice(3)).toHaveLength(2);
  });

  it('is a screen where it knows its width, and a pipe is none', () => {
    expect([terminal(100).terminal.isScreen, terminal(0, false).terminal.isScreen]).toEqual([true, false]);
  });
});
