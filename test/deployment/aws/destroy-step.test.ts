import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdkDestroyStep } from '../../../lib/deployment/aws/destroy-step';
import { waitUntilSettled } from '../../../lib/deployment/aws/stack-state';
import type { OrphanedStack } from '../../../lib/deployment/model/orphaned-stack';
import { type StandInCloud, standInCloud } from '../../support/stand-in-cloud';

let folder: string;
let cloud: StandInCloud;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diptych-destroy-'));
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])
    vi.stubEnv(name, '');
});

afterEach(async () => {
  await cloud.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const stack: OrphanedStack = {
  name: 'dublin-flows-1',
  site: 'dublin',
  half: 'cloud',
  after: [],
  template: { Resources: {} },
} as OrphanedStack;

/** A cloud whose stack goes through these states, the last of which stays; `undefined` is a stack that is not there. */
async function going(...states: readonly (string | undefined)[]): Promise<void> {
  let looks = 0;
  cloud = await standInCloud((action) => {
    if (action !== 'DescribeStacks') return undefined;
    const state = states[Math.min(looks++, states.length - 1)];
    const members = state === undefined ? '' : `<member><StackName>${stack.name}</StackName><StackStatus>${state}</StackStatus></member>`;
    return `<Stacks>${members}</Stacks>`;
  });
}

const context = () => ({
  log: join(folder, 'log'),
  say: () => {},
  signal: new AbortController().signal,
  unfinished: [],
  onStart: () => {},
});
const destroyed = (unprotect = false) => cdkDestroyStep(stack, cloud.clients, unprotect).run(context());
const actions = () => cloud.asked.map((asked) => asked.split(' ')[0]);

describe('the end of a stack', () => {
  it('begins only once CloudFormation has finished what it was doing to the stack', async () => {
    await going('UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 'UPDATE_COMPLETE', undefined);
    expect(await destroyed()).toEqual({ changed: true, summary: 'destroyed' });
    expect(actions().slice(0, 4)).toEqual(['DescribeStacks', 'DescribeStacks', 'DescribeStacks', 'DeleteStack']);
  });

  it('is reported only once CloudFormation has deleted the stack', async () => {
    await going('UPDATE_COMPLETE', 'UPDATE_COMPLETE', 'DELETE_IN_PROGRESS', undefined);
    expect(await destroyed()).toEqual({ changed: true, summary: 'destroyed' });
    expect(actions().filter((action) => action === 'DescribeStacks').length).toBeGreaterThanOrEqual(4);
  });

  it('asks nothing of CloudFormation but its state if the stack is not there', async () => {
    await going(undefined);
    expect(await destroyed(true)).toEqual({ changed: false, summary: 'was not there' });
    expect(new Set(actions())).toEqual(new Set(['DescribeStacks']));
  });

  it('lifts the protection of the stack only where that was asked for', async () => {
    await going('UPDATE_COMPLETE', 'UPDATE_COMPLETE', undefined);
    await destroyed(false);
    expect(actions()).not.toContain('UpdateTerminationProtection');
    await cloud.stop();
    await going('UPDATE_COMPLETE', 'UPDATE_COMPLETE', undefined);
    await destroyed(true);
    expect(actions().indexOf('UpdateTerminationProtection')).toBeGreaterThan(-1);
    expect(actions().indexOf('UpdateTerminationProtection')).toBeLessThan(actions().indexOf('DeleteStack'));
  });
});

describe('a stack that CloudFormation works on', () => {
  const settled = () => waitUntilSettled(cloud.clients.cloudFormation, stack.name, new AbortController().signal);

  it('is waited for, and the caller is told whether it was', async () => {
    await going('DELETE_IN_PROGRESS', undefined);
    expect(await settled()).toBe(true);
    await cloud.stop();
    await going('UPDATE_COMPLETE');
    expect(await settled()).toBe(false);
  });

  it('is not waited for while somebody else reviews its change set', async () => {
    await going('REVIEW_IN_PROGRESS');
    expect(await settled()).toBe(false);
  });
});
