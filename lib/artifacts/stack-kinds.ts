/** What a stack of a site holds, as the last part of its name; zones, their flows and their tiers come in numbered buckets. */
export type StackPart = OnPremStackPart | CloudStackPart;

/** Stacks of a site on-prem. */
export type OnPremStackPart = 'core' | 'extensions' | 'tiers';

/** Stacks of a site in the cloud. */
export type CloudStackPart = 'network' | `${'zones' | 'flows' | 'tiers'}-${number}`;

/** Name of one of a site's stacks. */
export function stackName(site: string, part: StackPart): string {
  return `${site}-${part}`;
}

/** No part ends with another one, so that a name has one site, even where one site's id begins with another's. */
const named = /^(.+)-(?:core|extensions|tiers|network|(?:zones|flows|tiers)-\d+)$/;

/** The site whose stack bears a name. */
export function siteOfStack(name: string): string | undefined {
  return named.exec(name)?.[1];
}

/** What the stacks of a site in the cloud are, from the bottom to the top: each uses what those below it export. */
const levels: readonly string[] = ['network', 'zones', 'flows', 'tiers'];

/** How far up a stack of the cloud stands among those of its site. */
export function levelOf(name: string): number {
  const [, part = ''] = /-(network|(?:zones|flows|tiers)(?=-\d+$))(?:-\d+)?$/.exec(name) ?? [];
  return levels.indexOf(part);
}

/** Whose a stack of the cloud is. */
export interface StackOwner {
  readonly estate: string;
  readonly site: string;
}

/** What the template of a stack of the cloud says of itself: the name of a stack alone proves nothing of whose it is. */
export function stackDescription({ estate, site }: StackOwner, holds: string): string {
  return `Diptych, site ${site} of estate ${estate}: ${holds}`;
}

/** Whose a stack is by what its template says of itself. */
export function ownerOf(description: string): StackOwner | undefined {
  const [, site, estate] = /^Diptych, site (\S+) of estate ([^\s:]+):/.exec(description) ?? [];
  return site === undefined || estate === undefined ? undefined : { estate, site };
}
