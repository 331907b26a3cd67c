/** Partitions of AWS by the first part of their regions' names; every other region is one of the commercial partition. */
const partitions = [
  ['cn-', 'aws-cn'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
] as const;

/** The partition of AWS that a region belongs to, as the second part of its ARNs. */
export function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
