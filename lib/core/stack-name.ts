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
