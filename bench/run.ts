/** Prints time and memory of a synthesis as ratios to two floors, which are measured alternately in the same session. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertSameResources } from './same-resources';
import { exponent, median, spread } from './statistics';
import type { Usage } from './usage';

const sizes = [8, 64, 256];
const turns = Number(process.env.BENCH_TURNS ?? 7);

/** Measured for its memory, which must stay below 0.8 GB, and without the floors, which would take minutes. */
const largest = 1000;
const turnsOfLargest = Math.min(turns, 3);

const floors = { bare: 'floor.js', typed: 'floor-typed.js' } as const;
type Contestant = 'ours' | keyof typeof floors;

interface Run {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly mebibytes: number;
}

type Turn = Readonly<Record<Contestant, Run>>;

/** Runs a script that writes into an empty folder. */
function run(script: string, input: string, folder: string): Run {
  rmSync(folder, { recursive: true, force: true });
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, script), input, folder], {
    env: { ...process.env, CDK_VALIDATION: 'false', CDKTN_DISABLE_CREATION_STACK: 'true' },
    encoding: 'utf8',
  });
  const wallSeconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stderr}`);
  const { kibibytes, cpuMicroseconds } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Usage;
  return { cpuSeconds: cpuMicroseconds / 1e6, wallSeconds, mebibytes: kibibytes / 1024 };
}

function turn(zones: number, folder: string): Turn {
  const emitted = join(folder, `ours-${zones}`);
  return {
    ours: ours(zones, folder),
    bare: run(floors.bare, emitted, join(folder, `bare-${zones}`)),
    typed: run(floors.typed, emitted, join(folder, `typed-${zones}`)),
  };
}

const ours = (zones: number, folder: string): Run => run('ours.js', String(zones), join(folder, `ours-${zones}`));

function measure(zones: number, folder: string): Turn[] {
  turn(zones, folder);
  for (const floor of ['bare', 'typed']) assertSameResources(join(folder, `${floor}-${zones}`), join(folder, `ours-${zones}`));
  return Array.from({ length: turns }, () => turn(zones, folder));
}

const cell = (value: string | number) => String(value).padStart(12);

function printTable(
  title: string,
  rows: readonly (readonly [zones: number, turns: readonly Turn[]])[],
  figure: (run: Run) => number,
): void {
  const heads = ['zones', 'ours', 'bare floor', 'ratio', 'min-max', 'typed floor', 'ratio', 'min-max'];
  console.log(`\n${title}`);
  console.log(heads.map(cell).join(''));
  for (const [zones, turnsOfSize] of rows) {
    const digits = figure(turnsOfSize[0]?.ours as Run) > 50 ? 0 : 2;
    const middle = (contestant: Contestant) => median(turnsOfSize.map((each) => figure(each[contestant]))).toFixed(digits);
    const ratios = (floor: keyof typeof floors) => turnsOfSize.map((each) => figure(each.ours) / figure(each[floor]));
    const against = (floor: keyof typeof floors) => [middle(floor), median(ratios(floor)).toFixed(2), spread(ratios(floor))];
    console.log([zones, middle('ours'), ...against('bare'), ...against('typed')].map(cell).join(''));
  }
  const growth = (contestant: Contestant) =>
    exponent(rows.map(([zones, each]) => [zones, median(each.map((one) => figure(one[contestant])))])).toFixed(2);
  console.log(`growth exponent, 8 to 256 zones: ours ${growth('ours')}, bare floor ${growth('bare')}, typed floor ${growth('typed')}`);
}

function printLargest(runs: readonly Run[]): void {
  const middle = (figure: (run: Run) => number, digits: number) => median(runs.map(figure)).toFixed(digits);
  console.log(`\n${largest} zones, without the floors, medians of ${runs.length} runs:`);
  console.log(`CPU time ${middle(({ cpuSeconds }) => cpuSeconds, 1)} s, wall time ${middle(({ wallSeconds }) => wallSeconds, 1)} s,`);
  console.log(`peak memory ${middle(({ mebibytes }) => mebibytes, 0)} MiB`);
}

const folder = mkdtempSync(join(tmpdir(), 'diptych-bench-'));
try {
  const rows = sizes.map((zones) => [zones, measure(zones, folder)] as const);
  console.log('A /12 block and no quotas, so that 1,000 zones fit; template validation and stack traces are disabled for all three.');
  console.log('Bare floor: CfnResource and TerraformResource with the emitted JSON. Typed floor: the L1 constructs and the classes');
  console.log('of the provider, as in handwritten code. Both produced the same resources and outputs as Diptych.');
  printTable('CPU time of all threads, seconds', rows, ({ cpuSeconds }) => cpuSeconds);
  printTable('wall time, seconds', rows, ({ wallSeconds }) => wallSeconds);
  printTable('peak memory, MiB', rows, ({ mebibytes }) => mebibytes);
  printLargest(Array.from({ length: turnsOfLargest }, () => ours(largest, folder)));
  console.log(`\nMedians of ${turns} runs of each; min-max of the ratios shows the noise of the machine.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
