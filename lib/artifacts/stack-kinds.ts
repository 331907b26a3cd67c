import type { Problem } from '../core/problem';
import { artifactProblem } from './codes';
import type { Half } from './site';

/** One kind of stack that a site has. */
interface StackKindRow {
  /** Name of the kind; it is the last part of the name of its stacks, before the number of the bucket. */
  readonly kind: string;
  readonly half: Half;
  /** Whether its stacks are numbered by buckets of zones: `tiers-0`. */
  readonly inBuckets: boolean;
  /** What its stacks hold, as their templates say. */
  readonly holds: string;
}

/** The kinds of stacks of each half, in the order in which they are deployed: each may use what those before it make. */
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

/** Kind of a stack; both halves have tiers. */
export type StackKind = Row['kind'];

/** What a stack of a site holds, as the last part of its name; zones, their flows and their tiers come in numbered buckets. */
export type StackPart = PartOf<Row>;

/** Stacks of a site in the cloud. */
export type CloudStackPart = PartOf<Extract<Row, { half: 'cloud' }>>;

/** All kinds, each once. */
export const stackKinds: readonly StackKind[] = [...new Set(rows.map(({ kind }) => kind))];

/** Name of one of a site's stacks. */
export function stackName(site: string, part: StackPart): string {
  return `${site}-${part}`;
}

/** What the name of a stack says. */
export interface ParsedStackName {
  readonly site: string;
  readonly kind: StackKind;
  readonly half: Half;
  /** Position among the kinds of its half: a stack may use what those of lower levels make. */
  readonly level: number;
}

/** No part ends with another one, so that a name has one site, even where one site's id begins with another's. */
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

/** The level of a stack among those of its site; -1 for an unknown kind. */
export function levelOf(name: string): number {
  return parseStackName(name)?.level ?? -1;
}

/** True if a stack is of one of some kinds; without any, every stack is. */
export function isOfKind({ name }: { readonly name: string }, kinds: readonly StackKind[]): boolean {
  return kinds.length === 0 || kinds.some((kind) => kind === parseStackName(name)?.kind);
}

/** The problem of a stack whose kind no row of the table has. */
export function unknownStackKind(path: string, name: string): Problem {
  return artifactProblem('ART010', path, {
    wrong: `stack ${name} is of an unknown kind`,
    rule: `the name of a stack must end with one of ${rows.map(({ kind, inBuckets }) => (inBuckets ? `${kind}-<n>` : kind)).join(', ')}`,
    fix: 'Use the version of Diptych that made the stack, or remove the stack.',
  });
}

/** The estate and site that a stack of the cloud belongs to. */
export interface StackOwner {
  readonly estate: string;
  readonly site: string;
}

/** The description in the template of a stack of the cloud, which names its owner: the name of a stack alone does not prove it. */
export function stackDescription({ estate, site }: StackOwner, part: CloudStackPart): string {
  const [kind, bucket] = part.split('-');
  const holds = rows.find((row) => row.half === 'cloud' && row.kind === kind)?.holds;
  return `Diptych, site ${site} of estate ${estate}: ${holds}${bucket === undefined ? '' : `, bucket ${bucket}`}`;
}

/** The owner that the description in a template names. */
export function ownerOf(description: string): StackOwner | undefined {
  const [, site, estate] = /^Diptych, site (\S+) of estate ([^\s:]+):/.exec(description) ?? [];
  return site === undefined || estate === undefined ? undefined : { estate, site };
}
