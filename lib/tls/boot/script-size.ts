import { type Problem, problem } from '../../core/problem';
import type { CloudZonePlan } from '../../zones/plan-schema';
import type { TierPlan } from '../plan-schema';
import type { BootInput, ContentNamedFile } from './input';
import { logGroupPlaceholder } from './shell-word';
import { userData } from './user-data';

/** Longest user data that EC2 takes, in characters: every character of a script is one byte. */
const mostCharacters = 16 * 1_024;

/** Longest name of a log group. */
const longestLogGroupName = 512;

/** Longest logical id of a resource. */
const longestLogicalId = 255;

/** A cloud site as far as the scripts of its instances name it. */
export interface BootSite {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly imageRepository: string;
  readonly bootstrapQualifier?: string;
}

/** The request with stand-ins, none shorter than the real thing, for what only the stacks know. */
function longestInput(site: BootSite, zone: CloudZonePlan, tier: TierPlan, imageDigest: string): BootInput {
  const digest = '0'.repeat(64);
  const bucket = `cdk-${site.bootstrapQualifier ?? 'x'.repeat(10)}-assets-${site.account}-${site.region}`;
  const file: ContentNamedFile = { bucket, key: `${digest}.cfg`, digest };
  return {
    site: site.id,
    region: site.region,
    zone,
    tier,
    image: `${site.imageRepository}@${imageDigest}`,
    configuration: file,
    capacity: file,
    ...(tier.acceleration === 'hardware' && { acceleration: { softwareCapacity: file, proof: file, prove: file } }),
    signal: { stack: `${site.id}-tiers-${zone.slot}`, resource: 'x'.repeat(longestLogicalId), deadlineSeconds: 3_600 },
  };
}

/** Whether EC2 takes the boot script of a tier's instances. */
export function checkBootScriptSize(site: BootSite, zone: CloudZonePlan, tier: TierPlan, imageDigest: string): Problem[] {
  const script = userData(longestInput(site, zone, tier, imageDigest));
  const characters = script.length - logGroupPlaceholder.length + longestLogGroupName;
  if (characters <= mostCharacters) return [];
  return [
    problem('TLS020', `zones/${zone.id}/endpoints`, {
      cannot: `boot an instance at site ${site.id}`,
      as: `EC2 takes scripts of ${mostCharacters} characters, and every endpoint adds its files to them`,
      value: characters,
      fix: `Spread the ${zone.endpoints.length} endpoints over more zones, or shorten their ids.`,
    }),
  ];
}
