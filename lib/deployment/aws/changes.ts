import type { Stack } from '../../artifacts/stacks';
import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import type { OrphanedStack } from '../model/orphaned-stack';
import type { Change } from '../model/preflight';
import type { Cdk } from './cdk';

const actions: Readonly<Record<string, Change['action']>> = { '+': 'add', '-': 'remove', '~': 'change' };

/** What the CDK says a deployment of a stack would change, resource by resource. */
export async function cdkChanges(stack: Stack, cdk: Cdk): Promise<Change[]> {
  const { code, output } = await cdk.diff(stack.name);
  if (code !== 0) {
    const said = output.trim().split('\n').at(-1);
    const fix = `Run cdk diff ${stack.name} yourself to see more.`;
    throw new StepFailure(
      problem('DEP006', stack.name, { cannot: 'plan the stack', as: 'cdk diff must end with 0', value: said ?? code, fix }),
    );
  }
  return output.split('\n').flatMap(changeIn);
}

/** What goes with a stack that has left the description. */
export function orphanChanges({ template }: OrphanedStack): Change[] {
  const gone = Object.entries(template.Resources).filter(([, { DeletionPolicy }]) => !DeletionPolicy?.startsWith('Retain'));
  return gone.map(([logicalId, { Type }]) => ({ action: 'remove', what: `${Type} ${logicalId}` }));
}

/** A line such as `[~] AWS::EC2::LaunchTemplate risk/LaunchTemplate riskLaunchTemplate5BC replace`. */
function changeIn(line: string): Change[] {
  const [, sign = '', type, rest = ''] = /^\[([+~-])\] (AWS::\S+|Custom::\S+) (.*)$/.exec(line) ?? [];
  const action = actions[sign];
  if (!action || type === undefined) return [];
  const replaced = /\b(?:replace|may be replaced|requires replacement)\b/.test(rest);
  return [{ action: replaced ? 'replace' : action, what: `${type} ${rest.split(' ')[0]}` }];
}
