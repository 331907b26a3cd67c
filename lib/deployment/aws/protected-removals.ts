import type { CloudSite } from '../../artifacts/site';
import type { Stack } from '../../artifacts/stacks';
import type { Problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import type { CloudClients } from './clients';
import { protectedLiveBalancers } from './deletion-protection';
import { templateOf } from './deployed';
import type { LiveStack } from './live-stacks';

/**
 * Refuses a deployment that would remove a protected stack or load balancer. CloudFormation would keep the stack, and would drop the load
 * balancer from its stack without an error, leaving it in its subnets.
 *
 * @throws {Refusal} DEP016 with the commands that remove the protection
 */
export async function refuseProtectedRemovals(
  site: CloudSite,
  emitted: readonly Stack[],
  live: readonly LiveStack[],
  clients: CloudClients,
): Promise<void> {
  const found = await Promise.all(live.map((stack) => protectedRemovals(site, emitted, stack, clients)));
  if (found.flat().length > 0) throw new Refusal('refused', found.flat());
}

async function protectedRemovals(
  { region }: CloudSite,
  emitted: readonly Stack[],
  live: LiveStack,
  clients: CloudClients,
): Promise<Problem[]> {
  const own = emitted.find(({ name }) => name === live.name);
  const staying = own ? templateOf(own).Resources : {};
  const going = Object.entries(live.template.Resources).filter(([logicalId]) => !(logicalId in staying));
  const balancers = await protectedLiveBalancers(live.name, { Resources: Object.fromEntries(going) }, clients);
  const stacks = !own && live.isProtected ? [live.name] : [];
  if (stacks.length + balancers.length === 0) return [];
  const commands = [
    ...stacks.map(
      (name) =>
        `aws cloudformation update-termination-protection --region ${region} --no-enable-termination-protection --stack-name ${name}`,
    ),
    ...balancers.map(
      (arn) =>
        `aws elbv2 modify-load-balancer-attributes --region ${region} --attributes Key=deletion_protection.enabled,Value=false --load-balancer-arn ${arn}`,
    ),
  ];
  return [
    deploymentProblem('DEP016', live.name, {
      wrong: `${own ? 'removed resources of the stack' : 'the removed stack or its load balancers'} are protected: ${[...stacks, ...balancers].join(', ')}`,
      rule: 'protection must be disabled before a resource is removed',
      fix: `To remove them, run this, then the same command again: ${commands.join(' && ')}`,
    }),
  ];
}
