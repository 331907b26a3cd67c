import type { Stack } from '../../artifacts/stacks';
import { quote } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { Change } from '../model/preflight';
import type { Cdk } from './cdk';

const actions: Readonly<Record<string, Change['action']>> = { '+': 'add', '-': 'remove', '~': 'change' };

/** Changes that a deployment of a stack would make, as `cdk diff` reports them. */
export async function cdkChanges(stack: Stack, cdk: Cdk): Promise<Change[]> {
  const { code, output } = await cdk.diff(stack.name);
  if (code !== 0) {
    throw new StepFailure(
      deploymentProblem('DEP022', stack.name, {
        wrong: `cdk diff exited with ${code}: ${quote(output.trim().split('\n').at(-1))}`,
        rule: 'it must exit with 0',
        fix: `Run cdk diff ${stack.name} to see its whole output.`,
      }),
    );
  }
  return output.split('\n').flatMap(changeIn);
}

/** Resources that are deleted with an orphaned stack. */
export function orphanChanges({ template }: OrphanedStack): Change[] {
  const gone = Object.entries(template.Resources).filter(([, { DeletionPolicy }]) => !DeletionPolicy?.startsWith('Retain'));
  return gone.map(([logicalId, { Type }]) => ({ action: 'remove', what: `${Type} ${logicalId}` }));
}

/** Parses a line such as `[~] AWS::EC2::LaunchTemplate risk/LaunchTemplate riskLaunchTemplate5BC replace`. */
function changeIn(line: string): Change[] {
  const [, sign = '', type, rest = ''] = /^\[([+~-])\] (AWS::\S+|Custom::\S+) (.*)$/.exec(line) ?? [];
  const action = actions[sign];
  if (!action || type === undefined) return [];
  const replaced = /\b(?:replace|may be replaced|requires replacement)\b/.test(rest);
  return [{ action: replaced ? 'replace' : action, what: `${type} ${rest.split(' ')[0]}` }];
}
