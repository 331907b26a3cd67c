import { describe, expect, it } from 'vitest';
import { worstPerPath } from '../../lib/core/domain';

const found = (code: string, path: string, message: string, nearest?: number) => ({ code, path, message, fix: 'Fix it.', nearest });

describe('worstPerPath', () => {
  it('keeps the problem with the greatest nearest value, wherever it stands in the list', () => {
    const problems = [
      found('TLS012', 'zones/a', 'first', 3),
      found('TLS012', 'zones/a', 'worst', 9),
      found('TLS012', 'zones/a', 'last', 5),
    ];
    expect(worstPerPath(problems)).toEqual([{ code: 'TLS012', path: 'zones/a', message: 'worst', fix: 'Fix it.' }]);
  });

  it('keeps the first of problems without a nearest value', () => {
    expect(worstPerPath([found('TLS010', 'zones/a', 'first'), found('TLS010', 'zones/a', 'second')])).toMatchObject([{ message: 'first' }]);
  });

  it('keeps problems of other paths and other codes', () => {
    const problems = [found('TLS012', 'zones/a', 'one', 1), found('TLS012', 'zones/b', 'two', 2), found('TLS015', 'zones/a', 'three', 3)];
    expect(worstPerPath(problems).map(({ message }) => message)).toEqual(['one', 'two', 'three']);
  });
});
