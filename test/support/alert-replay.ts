import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './process';
import { promtool } from './promtool';

/** Seconds between samples of a replay. */
export const sampleSeconds = 15;

/** Samples of one time series; undefined for a missing sample. */
export interface Series {
  readonly series: string;
  readonly values: readonly (number | undefined)[];
}

/** Expected number of firing alerts at a time of the replay. */
export interface Expected {
  readonly alert: string;
  readonly atSeconds: number;
  readonly firing: number;
}

function expectation({ alert, atSeconds, firing }: Expected) {
  const expr = `count(ALERTS{alertname="${alert}",alertstate="firing"})`;
  return { expr, eval_time: `${atSeconds}s`, exp_samples: firing > 0 ? [{ labels: '{}', value: firing }] : [] };
}

async function withFiles<T>(files: Readonly<Record<string, unknown>>, action: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dt-'));
  try {
    // JSON is valid YAML.
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(content));
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lints rules with promtool; returns its complaints, or an empty string. */
export function checkRules(rules: unknown): Promise<string> {
  return withFiles({ 'rules.yaml': rules }, async (folder) => {
    const { status, stdout, stderr } = await run([await promtool(), 'check', 'rules', '--lint-fatal', join(folder, 'rules.yaml')]);
    return status === 0 ? '' : stdout + stderr;
  });
}

/** Replays time series against rules, evaluated every 30 seconds; returns the differences from what is expected, or an empty string. */
export function replay(rules: unknown, series: readonly Series[], expected: readonly Expected[]): Promise<string> {
  const test = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '30s',
    tests: [
      {
        interval: `${sampleSeconds}s`,
        input_series: series.map(({ series: name, values }) => ({
          series: name,
          values: values.map((value) => (value === undefined ? '_' : String(value))).join(' '),
        })),
        promql_expr_test: expected.map(expectation),
      },
    ],
  };
  return withFiles({ 'rules.yaml': rules, 'test.yaml': test }, async (folder) => {
    const { status, stdout, stderr } = await run([await promtool(), 'test', 'rules', join(folder, 'test.yaml')]);
    return status === 0 ? '' : stdout + stderr;
  });
}
