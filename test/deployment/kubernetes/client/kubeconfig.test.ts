import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { kubeconfigFiles, readKubeconfig } from '../../../../lib/deployment/kubernetes/client/kubeconfig';
import { Terraform } from '../../../../lib/deployment/terraform/terraform';
import { folderOfTest } from '../../../support/diptych';

/** Writes a kubeconfig with one context. */
function kubeconfig(folder: string, name: string): string {
  const file = join(folder, name);
  const config = {
    clusters: [{ name, cluster: { server: `https://${name}.invalid` } }],
    users: [{ name, user: {} }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

const names = ['KUBECONFIG', 'KUBE_CONFIG_PATH', 'KUBE_CONFIG_PATHS', 'KUBE_HOST', 'KUBE_TOKEN'] as const;

/** The variables from which Terraform's provider learns of a cluster, when it runs in the folder of a stack. */
async function providerVariables(folder: string): Promise<Readonly<Record<string, string>>> {
  const program = join(folder, 'terraform');
  writeFileSync(program, '#!/bin/sh\n/usr/bin/env >seen\n');
  chmodSync(program, 0o755);
  mkdirSync(join(folder, 'stack'), { recursive: true });
  vi.stubEnv('PATH', folder);
  await new Terraform(join(folder, 'stack'), join(folder, 'log'), { signal: new AbortController().signal }).run('plan');
  const seen = readFileSync(join(folder, 'stack/seen'), 'utf8').split('\n');
  return Object.fromEntries(seen.filter((line) => line.startsWith('KUBE_')).map((line) => line.split('=', 2)));
}

describe('the kubeconfig', () => {
  type Variables = Partial<Record<(typeof names)[number], string>>;
  it.each<readonly [which: string, variables: Variables, contexts: readonly string[]]>([
    ['KUBECONFIG comes before the variables of Terraform', { KUBECONFIG: '1', KUBE_CONFIG_PATH: '2', KUBE_CONFIG_PATHS: '2:3' }, ['1']],
    ['KUBECONFIG with several files', { KUBECONFIG: '1:2' }, ['1', '2']],
    ['a missing file among several is left out', { KUBECONFIG: 'none:2' }, ['2']],
    ['KUBE_CONFIG_PATHS comes before KUBE_CONFIG_PATH', { KUBE_CONFIG_PATH: '1', KUBE_CONFIG_PATHS: '2:3' }, ['2', '3']],
    ['KUBE_CONFIG_PATH', { KUBE_CONFIG_PATH: '1' }, ['1']],
    [
      'a host and a token of the environment change nothing',
      { KUBECONFIG: '1', KUBE_HOST: 'https://other.invalid', KUBE_TOKEN: 't' },
      ['1'],
    ],
  ])('the checks and Terraform read the same files: %s', async (_which, variables, contexts) => {
    const folder = folderOfTest();
    for (const name of ['1', '2', '3']) kubeconfig(folder, name);
    for (const name of names) vi.stubEnv(name, undefined);
    const paths = (value: string) =>
      value
        .split(':')
        .map((name) => join(folder, name))
        .join(':');
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, /HOST|TOKEN/.test(name) ? value : paths(value));
    const files = contexts.map((name) => join(folder, name));
    expect(
      readKubeconfig()
        .getContexts()
        .map(({ name }) => name),
    ).toEqual(contexts);
    expect(await providerVariables(folder)).toEqual(
      files.length > 1 ? { KUBE_CONFIG_PATHS: files.join(':') } : { KUBE_CONFIG_PATH: files[0] },
    );
  });

  it('kubeconfigFiles resolves relative paths and the home folder, because Terraform runs in another folder', () => {
    expect(kubeconfigFiles({ KUBECONFIG: 'package.json' })).toEqual([join(process.cwd(), 'package.json')]);
    expect(kubeconfigFiles({ KUBE_CONFIG_PATH: '~/none/such' })).toEqual([join(process.env.HOME ?? '', 'none/such')]);
  });
});
