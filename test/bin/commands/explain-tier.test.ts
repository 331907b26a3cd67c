import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diptych, folderOfTest, root } from '../../support/diptych';

const estate = join(root, 'examples/meridian/estate.yaml');
const explain = (...args: string[]) => diptych(['explain', 'tier', ...args]);

interface Explained {
  readonly site: string;
  readonly chosen?: string;
  readonly newSessionsPerSecond: number;
  readonly costs: string;
}

describe('diptych explain tier', () => {
  it('explain tier prints the reasoning for every site, or for the one of --site', () => {
    const { status, stdout } = explain('hft-order-entry', estate);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^hft-order-entry at basildon: hardware/m);
    expect(stdout).toMatch(/^hft-order-entry at dublin: hardware/m);
    expect(explain('long-term-portfolio', estate, '--site', 'dublin').stdout).toMatch(/^long-term-portfolio at dublin: software/);
  });

  it('explain tier --json answers for another load and for other costs', () => {
    const file = join(folderOfTest(), 'costs.yaml');
    writeFileSync(file, 'source: Measured on a test bench\nhandshake: { signatures: { rsa-4096: 700 } }\n');
    const answered = (...args: string[]) => JSON.parse(explain('hft-order-entry', estate, '--json', ...args).stdout) as Explained[];
    expect(answered('--load', '0.001x').map(({ chosen }) => chosen)).toEqual(['software', 'software']);
    expect(answered('--load', '2x', '--site', 'dublin').map(({ newSessionsPerSecond }) => newSessionsPerSecond)).toEqual([80_000]);
    expect(answered('--calibration', file).map(({ costs }) => costs)).toEqual(['Measured on a test bench', 'Measured on a test bench']);
  });

  it('explain tier exits with 2 and shows the numbers if no tier meets the budget', () => {
    const { status, stdout } = explain('hft-order-entry', estate, '--site', 'dublin', '--budget', '0.5ms');
    expect(status).toBe(2);
    expect(stdout).toMatch(/TLS012.*\n/);
    expect(stdout).toContain('not possible: handshakes take');
  });

  it('explain tier prints the load from which hardware is chosen, if the site has hardware', () => {
    const breakEven = (file: string, ...args: string[]) => /^break-even +(.+)/m.exec(explain('hft-order-entry', file, ...args).stdout)?.[1];
    const at = ['--site', 'dublin'];
    expect(breakEven(estate, ...at)).toMatch(/^auto chooses hardware from [\d,.]+ new sessions per second on/);
    expect(breakEven(estate, ...at, '--budget', '2ms')).toBe('auto already chooses hardware at 1/4,096 of this load');
    expect(breakEven(estate, ...at, '--budget', '1ms')).toMatch(/^auto chooses hardware at no load/);
    const without = join(folderOfTest(), 'estate.yaml');
    writeFileSync(without, readFileSync(estate, 'utf8').replace('hardware: [c7i.metal-24xl]', ''));
    expect(breakEven(without, ...at)).toBeUndefined();
  });

  it('explain tier reports all problems of a calibration file', () => {
    const file = join(folderOfTest(), 'costs.yaml');
    writeFileSync(file, 'handshake: { signatures: { rsa-4096: dear } }\n');
    const { status, stderr } = explain('risk', estate, '--calibration', file);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^--calibration\/source: .*\[SPC001\]$/m);
    expect(stderr).toMatch(/^--calibration\/handshake\/signatures\/rsa-4096: .*\[SPC002\]$/m);
  });

  it.each([
    ['an unknown zone', ['hft-order-entri']],
    ['a site without the zone', ['risk', '--site', 'dubln']],
    ['a load that is not a multiple', ['risk', '--load', 'twice']],
    ['a budget of zero', ['risk', '--budget', '0ms']],
    ['a budget without a unit', ['risk', '--budget', '2400']],
    ['a calibration file that does not exist', ['risk', '--calibration', 'no-such-file.yaml']],
  ])('explain tier refuses %s with a fix', (_, [zone = '', ...options]) => {
    const { status, stdout, stderr } = explain(zone, estate, ...options);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/\[CMD006\]\n\s+fix: /);
  });
});
