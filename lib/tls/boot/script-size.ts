import type { Problem } from '../../core/problem';
import type { CloudZonePlan } from '../../zones/plan-schema';
import { tlsProblem } from '../codes';
import type { TierPlan } from '../plan-schema';
import type { BootInput, ContentNamedFile } from './input';
import { logGroupPlaceholder } from './shell-word';
import { userData } from './user-data';

/** Limit of EC2 user data, in bytes; scripts are ASCII, so one byte is one character. */
const maxCharacters = 16 * 1_024;

/** Limit of CloudWatch Logs for the name of a log group, in characters. */
const longestLogGroupName = 512;

/** Limit of CloudFormation for a logical id, in characters. */
const longestLogicalId = 255;

/** The attributes of a cloud site that boot scripts contain. */
export interface BootSite {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly imageRepository: string;
  readonly bootstrapQualifier?: string;
}

/** Input with placeholders for values that only the stacks know, each at least as long as the real value. */
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
    ...(tier.acceleration === 'hardware' && { acceleration: { softwareCapacity: file, selfTest: file, selfTestScript: file } }),
    signal: { stack: `${site.id}-tiers-${zone.slot}`, resource: 'x'.repeat(longestLogicalId), deadlineSeconds: 3_600 },
  };
}

/** Checks that the boot script of a tier's instances fits into EC2 user data. */
export function checkBootScriptSize(site: BootSite, zone: CloudZonePlan, tier: TierPlan, imageDigest: string): Problem[] {
  const script = userData(longestInput(site, zone, tier, imageDigest));
  const characters = script.length - logGroupPlaceholder.length + longestLogGroupName;
  if (characters <= maxCharacters) return [];
  return [
    tlsProblem('TLS020', `zones/${zone.id}/endpoints`, {
      wrong: `the boot script of an instance at site ${site.id} has up to ${characters} characters, as it names the files of every endpoint`,
      rule: `a boot script must have at most ${maxCharacters} characters, the limit of EC2 user data`,
      fix: `Spread the ${zone.endpoints.length} endpoints over more zones, or shorten their ids.`,
    }),
  ];
}
