import type { Problem } from '../core/problem';
import { artifactProblem } from './codes';
import type { Half } from './site';

/** One kind of stack that a site has. */
interface StackKindRow {
  /** Name of the kind, which is the last part of a stack name, before the number of the bucket. */
  readonly kind: string;
  readonly half: Half;
  /** True if there is a stack for each bucket of zones, such as `tiers-0`. */
  readonly inBuckets: boolean;
  /** Contents of the stacks, for the descriptions of templates. */
  readonly holds: string;
}

/** Kinds of stacks of cloud and on-prem sites in the order of deployment. Each kind may use resources of the kinds before it. */
const rows = [
  { kind: 'network', half: 'cloud', inBuckets: false, holds: 'VPC, endpoints, links' },
  { kind: 'zones', half: 'cloud', inBuckets: true, holds: 'subnets, network ACLs and security groups of zones' },
  { kind: 'flows', half: 'cloud', inBuckets: true, holds: 'security group rules' },
  { kind: 'tiers', half: 'cloud', inBuckets: true, holds: 'termination tiers' },
  { kind: 'core', half: 'on-prem', inBuckets: false, holds: 'namespaces, quotas, limits, network policies, service accounts' },
  { kind: 'extensions', half: 'on-prem', inBuckets: false, holds: 'custom resources' },
  { kind: 'tiers', half: 'on-prem', inBuckets: false, holds: 'termination tiers' },
] as const satisfies readonly StackKindRow[];

type Row = (typeof rows)[number];
type PartOf<Of extends Row> = Of extends { readonly inBuckets: true } ? `${Of['kind']}-${number}` : Of['kind'];

/** Kind of a stack. */
export type StackKind = Row['kind'];

/** Last part of a stack name: the kind, with the number of the bucket for stacks of zones, flows and tiers. */
export type StackPart = PartOf<Row>;

/** Parts of stack names of cloud sites. */
export type CloudStackPart = PartOf<Extract<Row, { half: 'cloud' }>>;

/** All kinds, each once. */
export const stackKinds: readonly StackKind[] = [...new Set(rows.map(({ kind }) => kind))];

/** Returns the name of a stack of a site. */
export function stackName(site: string, part: StackPart): string {
  return `${site}-${part}`;
}

/** Result of parsing a stack name. */
export interface ParsedStackName {
  readonly site: string;
  readonly kind: StackKind;
  readonly half: Half;
  /** Position of the kind in the order of deployment. A stack may use resources of stacks with lower levels. */
  readonly level: number;
}

/** Pattern of stack names. No kind ends with another kind, so every name has exactly one site. */
const patterns = rows.map(({ kind, half, inBuckets }, level) => ({
  kind,
  half,
  level,
  pattern: new RegExp(`^(.+)-${kind}${inBuckets ? '-\\d+' : ''}$`),
}));

/** Parses the name of a stack; undefined if no row of the table has its kind. */
export function parseStackName(name: string): ParsedStackName | undefined {
  for (const { pattern, ...row } of patterns) {
    const site = pattern.exec(name)?.[1];
    if (site !== undefined) return { site, ...row };
  }
  return undefined;
}

/** Returns the level of a stack in the order of deployment of its site; -1 for an unknown kind. */
export function levelOf(name: string): number {
  return parseStackName(name)?.level ?? -1;
}

/** True if a stack has one of the given kinds, or if no kinds are given. */
export function isOfKind({ name }: { readonly name: string }, kinds: readonly StackKind[]): boolean {
  return kinds.length === 0 || kinds.some((kind) => kind === parseStackName(name)?.kind);
}

/** Builds the problem of a stack whose kind is not in the table. */
export function unknownStackKind(path: string, name: string): Problem {
  return artifactProblem('ART010', path, {
    wrong: `stack ${name} is of an unknown kind`,
    rule: `the name of a stack must end with one of ${rows.map(({ kind, inBuckets }) => (inBuckets ? `${kind}-<n>` : kind)).join(', ')}`,
    fix: 'Use the version of Diptych that made the stack, or remove the stack.',
  });
}

/** Estate and site of a CloudFormation stack. */
export interface StackOwner {
  readonly estate: string;
  readonly site: string;
}

/** Returns the description of a template. It contains the estate and site, because stacks of other estates may have the same name. */
export function stackDescription({ estate, site }: StackOwner, part: CloudStackPart): string {
  const [kind, bucket] = part.split('-');
  const holds = rows.find((row) => row.half === 'cloud' && row.kind === kind)?.holds;
  return `Diptych, site ${site} of estate ${estate}: ${holds}${bucket === undefined ? '' : `, bucket ${bucket}`}`;
}

/** Returns the estate and site from the description of a template. */
export function ownerOf(description: string): StackOwner | undefined {
  const [, site, estate] = /^Diptych, site (\S+) of estate ([^\s:]+):/.exec(description) ?? [];
  return site === undefined || estate === undefined ? undefined : { estate, site };
}
