import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Record<string, unknown>;

const read = (...path: string[]): Json => JSON.parse(readFileSync(join(...path), 'utf8'));

/** A value without the metadata that the synthesizer adds. */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== '//');
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutMetadata(child)]));
}

/**
 * Asserts that a replay produced the same resources as the original artifacts, because missing ones would not be measured.
 *
 * @throws {assert.AssertionError} if a resource differs
 */
export function assertSameResources(replayed: string, original: string): void {
  for (const name of readdirSync(join(original, 'cdk.out')).filter((file) => file.endsWith('.template.json'))) {
    const [actual, expected] = [read(replayed, 'cdk.out', name), read(original, 'cdk.out', name)];
    for (const section of ['Resources', 'Outputs']) assert.deepEqual(actual[section], expected[section], `${name} ${section}`);
  }
  for (const name of readdirSync(join(original, 'cdktf.out', 'stacks'))) {
    const [actual, expected] = [replayed, original].map((folder) => read(folder, 'cdktf.out', 'stacks', name, 'cdk.tf.json')) as [
      Json,
      Json,
    ];
    for (const section of ['provider', 'data', 'resource']) {
      assert.deepEqual(withoutMetadata(actual[section]), withoutMetadata(expected[section]), `${name} ${section}`);
    }
  }
}
