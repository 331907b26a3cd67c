import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { Examiner, type Verdict } from './examine';
import { Journal } from './journal';
import { Runner } from './runner';
import { shuffledMutants } from './sample';
import { Selection } from './selection';
import { Tree } from './tree';
import { TypeCheck } from './type-check';

/*
 * Changes the sources in small ways, one at a time, and expects a test to fail for each: `npm run mutants -- --count 60 --seed 11`.
 *
 * Mutants that do not compile, or that only change text (`text.ts`), are not part of the sample. Comparisons with recorded text do not
 * count (`without-goldens.ts`). A test that does not end counts as failed.
 */

interface Options {
  readonly count: number;
  readonly seed: number;
  readonly only: string;
  readonly near: number;
  readonly workers: number;
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly list?: boolean;
  readonly out?: string;
  readonly retry?: boolean;
}

const root = join(__dirname, '../..');

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

const options = new Command('mutants')
  .description('Changes the sources one at a time and expects a test to fail')
  .option('--count <n>', 'mutants to examine', whole, 20)
  .option('--seed <n>', 'chooses the mutants', whole, 1)
  .option('--only <text>', 'mutate only files whose path contains this text', '')
  .option('--near <n>', 'test files to run before all the others', whole, 8)
  .option('--quick', 'run no other tests: survivors are candidates only, and no verdict on them is kept')
  .option('--workers <n>', 'test files to run at a time', whole, 2)
  .option('--out <file>', 'keep the verdicts in this file, and examine only what it does not hold')
  .option('--retry', 'examine the survivors in the file again')
  .option('--list', 'print the sample and examine nothing')
  .option('--json', 'print the verdicts as JSON')
  .parse()
  .opts<Options>();

const say = (text: string): void => {
  if (!options.json) process.stdout.write(`${text}\n`);
};

async function main(): Promise<void> {
  const tree = new Tree(root);
  const types = new TypeCheck(root);
  const runner = new Runner(tree, tree.module('test/mutants/worker.ts'), options.workers);
  const end = (): void => {
    runner.stop();
    types.close();
    tree.remove();
  };
  process.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

  const sources = tree.files.filter((file) => /^(bin|lib|stacks)\/.*\.ts$/.test(file) && file.includes(options.only));
  const examiner = new Examiner(tree, new Selection(tree), runner, options.near, options.quick === true);
  const journal = new Journal(options.out, tree, options.retry === true);
  const verdicts: Verdict[] = [];
  let invalid = 0;
  for (const mutant of shuffledMutants(root, sources, options.seed)) {
    if (verdicts.length >= options.count) break;
    if (!types.compiles(mutant)) {
      invalid++;
      continue;
    }
    const place = `${mutant.file}:${mutant.line} ${mutant.operator}: ${mutant.before} -> ${mutant.after}`;
    if (options.list) {
      verdicts.push({ mutant, killed: false, ran: 0, seconds: 0 });
      say(place);
      continue;
    }
    const known = journal.find(mutant);
    const verdict = known ?? (await examiner.examine(mutant));
    if (!known && (verdict.killed || !options.quick)) journal.keep(verdict);
    verdicts.push(verdict);
    const by = verdict.killed ? `  killed  by ${verdict.killedBy}` : `SURVIVED  after ${verdict.ran} test files`;
    say(`${String(verdicts.length).padStart(4)} ${by}, ${verdict.seconds.toFixed(1)} s: ${place}`);
  }
  if (!options.list) summarize(verdicts, invalid, examiner.unusable);
}

function summarize(verdicts: readonly Verdict[], invalid: number, unusable: ReadonlyMap<string, string>): void {
  const survivors = verdicts.filter(({ killed }) => !killed);
  const killed = verdicts.length - survivors.length;
  const score = verdicts.length === 0 ? 0 : Math.round((1000 * killed) / verdicts.length) / 10;
  if (options.json)
    process.stdout.write(`${JSON.stringify({ seed: options.seed, score, killed, invalid, verdicts, unusable: [...unusable] }, null, 2)}\n`);
  for (const [test, why] of unusable) say(`left out, as it fails without a mutant: ${test}: ${why}`);
  for (const { mutant } of survivors) say(`\n${mutant.file}:${mutant.line} ${mutant.operator}\n  - ${mutant.before}\n  + ${mutant.after}`);
  say(`\n${killed} of ${verdicts.length} killed (${score} %), ${invalid} did not compile; seed ${options.seed}`);
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(1);
  },
);
