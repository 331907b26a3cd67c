/** Prints how long a synth of both halves takes beside the floor, as ratios of runs made in turn in one sitting. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sizes = [8, 64, 256];
const pairs = Number(process.env.BENCH_PAIRS ?? 7);

interface Run {
  readonly seconds: number;
  readonly mebibytes: number;
}

function run(script: string, ...args: string[]): Run {
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, script), ...args], {
    env: { ...process.env, CDK_VALIDATION: 'false' },
    encoding: 'utf8',
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stderr}`);
  return { seconds, mebibytes: Number(stdout.trim().split('\n').at(-1)) / 1024 };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Slope of log(seconds) over log(zones) by least squares. */
function exponent(points: readonly (readonly [zones: number, seconds: number])[]): number {
  const logs = points.map(([zones, seconds]) => [Math.log(zones), Math.log(seconds)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  return logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

const spread = (values: readonly number[]) => `${Math.min(...values).toFixed(2)}-${Math.max(...values).toFixed(2)}`;

function measure(zones: number, folder: string) {
  const [ours, floor] = [join(folder, `ours-${zones}`), join(folder, `floor-${zones}`)];
  run('ours.js', String(zones), ours);
  run('floor.js', ours, floor);
  const runs = Array.from({ length: pairs }, () => ({ ours: run('ours.js', String(zones), ours), floor: run('floor.js', ours, floor) }));
  return {
    zones,
    ours: median(runs.map((pair) => pair.ours.seconds)),
    floor: median(runs.map((pair) => pair.floor.seconds)),
    ratios: runs.map((pair) => pair.ours.seconds / pair.floor.seconds),
    mebibytes: Math.max(...runs.map((pair) => pair.ours.mebibytes)),
    floorMebibytes: Math.max(...runs.map((pair) => pair.floor.mebibytes)),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'diptych-bench-'));
try {
  const rows = sizes.map((zones) => measure(zones, folder));
  const cell = (value: string | number) => String(value).padStart(12);
  console.log('A /12 and quotas waived, so that 256 zones fit; the template validator is off on both sides.');
  console.log(['zones', 'ours s', 'floor s', 'ratio', 'min-max', 'ours MiB', 'floor MiB'].map(cell).join(''));
  for (const row of rows) {
    const { zones, ours, floor, ratios, mebibytes, floorMebibytes } = row;
    const cells = [
      zones,
      ours.toFixed(2),
      floor.toFixed(2),
      median(ratios).toFixed(2),
      spread(ratios),
      mebibytes.toFixed(0),
      floorMebibytes.toFixed(0),
    ];
    console.log(cells.map(cell).join(''));
  }
  console.log(`growth exponent of ours, 8 to 256 zones: ${exponent(rows.map(({ zones, ours }) => [zones, ours])).toFixed(2)}`);
  console.log(`medians of ${pairs} pairs run in turn; noise of the machine: see min-max of the ratios`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
