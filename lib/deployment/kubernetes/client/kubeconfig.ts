import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { quote } from '../../../core/problem';
import { Refusal } from '../../../core/refusal';
import { systemReason } from '../../../core/system-error';
import { deploymentProblem } from '../../codes';

/** File of `kubectl` if no variable names another one. */
const defaultFile = '~/.kube/config';

/**
 * Returns the absolute paths of the kubeconfig files, for the checks of Diptych and for Terraform alike.
 *
 * `KUBECONFIG` (the variable of kubectl) comes before `KUBE_CONFIG_PATHS` and `KUBE_CONFIG_PATH` (those of Terraform's provider). As for
 * kubectl, one of several files may be missing.
 */
export function kubeconfigFiles({ KUBECONFIG, KUBE_CONFIG_PATHS, KUBE_CONFIG_PATH }: NodeJS.ProcessEnv = process.env): string[] {
  const named = [listed(KUBECONFIG), listed(KUBE_CONFIG_PATHS), KUBE_CONFIG_PATH ? [KUBE_CONFIG_PATH] : [], [defaultFile]];
  const files = (named.find((list) => list.length > 0) ?? []).map((file) => resolve(file.replace(/^~(?=\/|$)/, homedir())));
  const existing = files.filter((file) => existsSync(file));
  return existing.length > 0 ? existing : files;
}

function listed(paths: string | undefined): string[] {
  return paths?.split(delimiter).filter((path) => path !== '') ?? [];
}

/**
 * Reads the kubeconfig.
 *
 * @throws {Refusal} DEP030 if there is none, DEP008 if it cannot be read
 */
export function readKubeconfig(): KubeConfig {
  const files = kubeconfigFiles();
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) throw noKubeconfig(missing);
  const [first = '', ...others] = files;
  const config = read(first);
  for (const file of others) config.mergeConfig(read(file));
  return config;
}

function read(file: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(file);
    return config;
  } catch (error) {
    // The lines after the first quote the file, which may contain secrets.
    const said = error instanceof TypeError ? 'YAML without the fields of a kubeconfig' : (error as Error).message.split('\n')[0];
    throw new Refusal('refused', [
      deploymentProblem('DEP008', file, {
        wrong: `the kubeconfig cannot be read: ${quote(systemReason(error) ?? said)}`,
        rule: 'it must be a file that kubectl can read',
        fix: 'Set KUBECONFIG to such a file, or correct this one.',
      }),
    ]);
  }
}

function noKubeconfig(files: readonly string[]): Refusal {
  return new Refusal('unreachable', [
    deploymentProblem('DEP030', 'kubeconfig', {
      wrong: files.includes(join(homedir(), '.kube/config'))
        ? `KUBECONFIG is not set, and the file ${defaultFile} does not exist`
        : `the kubeconfig ${files.join(', ')} does not exist`,
      rule: 'a kubeconfig must say how to reach the cluster of an on-prem site',
      fix: 'Set KUBECONFIG to the kubeconfig that you use with kubectl, or leave the on-prem sites out with --only cloud.',
    }),
  ]);
}
