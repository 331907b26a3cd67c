import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Count } from './tally';

/** Prints the skipped tests with their reasons, and on the last line what the tests counted. */
export default class Summary implements Reporter {
  private started = Date.now();

  onTestRunStart(): void {
    this.started = Date.now();
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => reason(test) !== undefined);
    for (const test of skipped) console.log(`skipped: ${test.fullName}: ${reason(test)}`);
    const tallies = tests.flatMap((test) => test.meta().tally ?? []);
    const sum = (counts: readonly (Count | undefined)[]) =>
      counts.reduce<Count>((left, right) => ({ done: left.done + (right?.done ?? 0), of: left.of + (right?.of ?? 0) }), { done: 0, of: 0 });
    const cloud = sum(tallies.map((tally) => tally.cloud));
    const onPrem = sum(tallies.map((tally) => tally.onPrem));
    const booted = sum(tallies.map((tally) => tally.booted));
    const inert = tallies.reduce((total, tally) => total + (tally.inert ?? 0), 0);
    const seconds = Math.round((Date.now() - this.started) / 1000);
    console.log(
      `applied cloud ${say(cloud)}, on-prem ${say(onPrem)}; booted ${say(booted)}; inert ${inert}; skipped ${skipped.length}; ${seconds} s`,
    );
  }
}

function say({ done, of }: Count): string {
  return `${done}/${of}`;
}

/** The reason why a test skipped itself; undefined for a test that was skipped because of a failure. */
function reason(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}
