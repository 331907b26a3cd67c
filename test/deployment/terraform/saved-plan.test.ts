import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Objects } from '../../../lib/deployment/kubernetes/client/objects';
import { deploy } from '../../../lib/deployment/run/deployment';
import { terraformApplyStep } from '../../../lib/deployment/terraform/apply-step';
import { deployment } from '../../fixtures/deployment';
import { folderOfTest } from '../../support/diptych';

let folder: string;

/** A Terraform command with a sensitive value in its state and a plan with changes. */
const script = (show: string) => `#!/bin/sh
case "$1" in
  show) ${show} ;;
  plan) for last; do :; done; echo 'a value' > "\${last#-out=}"; exit 2 ;;
esac
`;

beforeEach(() => {
  folder = folderOfTest();
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a Terraform step', () => {
  const log = () => join(folder, '1', 'core.log');

  function run(show: string) {
    writeFileSync(join(folder, 'terraform'), script(show));
    chmodSync(join(folder, 'terraform'), 0o755);
    writeFileSync(join(folder, 'cdk.tf.json'), '{}');
    const stack = { name: 'core', site: 'own', half: 'on-prem', after: [], file: join(folder, 'cdk.tf.json') } as const;
    const context = { log: log(), say: () => {}, signal: new AbortController().signal, unfinished: [] };
    return terraformApplyStep(stack, {} as Objects).run(context);
  }

  it('a Terraform step leaves no value of a state or plan in a file', async () => {
    expect(await run(`echo '{"values":{"outputs":{"key":{"value":"a value"}}}}'`)).toMatchObject({ changed: true });
    expect(readdirSync(join(folder, '1'))).toEqual(['core.log']);
    expect(readFileSync(log(), 'utf8')).not.toContain('a value');
  });

  it('a Terraform step logs the reason when terraform show fails', async () => {
    await expect(run(`echo 'Error: Failed to load state'; exit 1`)).rejects.toThrow('Failed to load state');
    expect(readFileSync(log(), 'utf8')).toContain('Failed to load state');
  });
});

describe('a saved plan of a killed run', () => {
  it('deploy deletes the saved plans of killed runs, whatever it deploys', async () => {
    const outputs = { cloud: join(folder, 'cdk.out'), terraform: join(folder, 'cdktf.out'), diptych: join(folder, 'diptych.out') };
    const left = join(outputs.diptych, 'deployments', '1', 'core.log.tfplan');
    for (const path of [outputs.cloud, outputs.terraform, join(left, '..')]) mkdirSync(path, { recursive: true });
    writeFileSync(join(outputs.cloud, 'manifest.json'), '{"artifacts":{}}');
    writeFileSync(join(outputs.terraform, 'manifest.json'), '{"stacks":{}}');
    writeFileSync(left, 'a value');
    await deploy(deployment({ outputs }));
    expect(existsSync(left)).toBe(false);
  });
});
