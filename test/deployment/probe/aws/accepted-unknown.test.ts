import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAcceptedUnknowns } from '../../../../lib/deployment/probe/aws/accepted-unknown';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-accepted-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a list of what may be unknown', () => {
  it('is refused where it is none', () => {
    const file = join(folder, 'accepted.json');
    writeFileSync(file, '{"AWS::EC2::VPC": true}');
    expect(() => readAcceptedUnknowns(file)).toThrow('DEP012');
    expect(() => readAcceptedUnknowns(join(folder, 'none.json'))).toThrow('DEP012');
  });
});
