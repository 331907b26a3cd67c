import type { CloudSite } from '../../artifacts/site';
import type { Stack } from '../../artifacts/stacks';
import { type Problem, problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import type { CloudClients } from './clients';
import { protectedLiveBalancers } from './deletion-protection';
import { templateOf } from './deployed';
import type { LiveStack } from './live-stacks';

/**
 * Refuses to let anything go that is protected: a stack would stay, and a balancer, which CloudFormation gives up without an error, too.
 *
 * @throws {Refusal} DEP016 with the commands that lift the protection
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
    problem('DEP016', live.name, {
      cannot: own ? 'take away what has left the description' : 'take away the stack, which has left the description',
      as: 'what is protected goes only once somebody has lifted its protection',
      value: [...stacks, ...balancers],
      fix: `If it is to go, run this, then the same command again: ${commands.join(' && ')}`,
    }),
  ];
}
