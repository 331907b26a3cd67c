import { addressRange, prefixLength, subnet } from '../../core/addresses';
import type { Problem } from '../../core/problem';
import { zoneProblem } from '../codes';
import { clusterBlocks, linkBetween, type Segmentation } from '../segmentation';
import { type AddressBlock, addressBlocks } from './address-blocks';
import type { AddressAllocation } from './allocation';
import { isSpecial, specialPurpose } from './special-purpose';

/** Pairs of overlapping blocks, each pair once. A sweep over the sorted blocks avoids comparing all pairs. */
export function overlappingPairs<T extends { readonly cidr: string }>(blocks: readonly T[]): [T, T][] {
  const sorted = blocks
    .map((block, index) => ({ block, index, ...addressRange(block.cidr) }))
    .sort((one, other) => one.first - other.first || one.index - other.index);
  const pairs: [T, T][] = [];
  let open: typeof sorted = [];
  for (const current of sorted) {
    open = open.filter(({ last }) => last >= current.first);
    for (const earlier of open) {
      pairs.push(earlier.index < current.index ? [earlier.block, current.block] : [current.block, earlier.block]);
    }
    open.push(current);
  }
  return pairs;
}

const insideCluster: readonly string[] = clusterBlocks;

type BlockOf<Kind extends AddressBlock['kind']> = Extract<AddressBlock, { kind: Kind }>;
type Linked = (one: string, other: string) => boolean;

/** Whether a block is one of S3, which matters to its own site only. */
const isOfS3 = ({ attribute }: BlockOf<'site'>): boolean => attribute.startsWith('s3/');

function sitesConflict(one: BlockOf<'site'>, other: BlockOf<'site'>, linked: Linked): boolean {
  if (isOfS3(one) || isOfS3(other)) return one.site === other.site && !(isOfS3(one) && isOfS3(other));
  if (one.site === other.site) return true;
  // Pod and Service addresses are not visible outside their cluster, so two clusters may use the same ones.
  return linked(one.site, other.site) && !(insideCluster.includes(one.attribute) && insideCluster.includes(other.attribute));
}

/** Whether a zone's block conflicts. A block derived from a slot is part of the site's block, which reports the conflict itself. */
function zoneConflicts(zone: BlockOf<'zone'>, other: BlockOf<'site'> | BlockOf<'zone'>, linked: Linked): boolean {
  if (!zone.explicit && !(other.kind === 'zone' && other.explicit)) return false;
  if (zone.site !== other.site) return linked(zone.site, other.site) && !(other.kind === 'site' && isOfS3(other));
  return other.kind === 'zone' || other.attribute !== zone.within;
}

function prefixConflicts(prefix: BlockOf<'prefix'>, other: AddressBlock): boolean {
  if (other.kind === 'site') return other.site === prefix.toward;
  if (other.kind === 'zone') return other.explicit && other.site === prefix.toward;
  if (other.kind === 'external') return other.sites.includes(prefix.toward);
  if (other.site === prefix.site) return other.link === prefix.link;
  return other.toward === prefix.toward || (other.link === prefix.link && other.site === prefix.toward);
}

function externalConflicts(external: BlockOf<'external'>, other: AddressBlock): boolean {
  if (other.kind === 'site') return external.sites.includes(other.site);
  if (other.kind === 'zone') return other.explicit && external.sites.includes(other.site);
  if (other.kind === 'prefix') return prefixConflicts(other, external);
  return other.sites.some((site) => external.sites.includes(site));
}

/** Whether two overlapping blocks are a problem. The first is before the second in the list of {@link addressBlocks}. */
function conflict(one: AddressBlock, other: AddressBlock, linked: Linked): boolean {
  if (other.kind === 'external') return externalConflicts(other, one);
  if (other.kind === 'prefix') return prefixConflicts(other, one);
  if (other.kind === 'zone') return zoneConflicts(other, one as BlockOf<'site'> | BlockOf<'zone'>, linked);
  return sitesConflict(one as BlockOf<'site'>, other, linked);
}

const triesForFreeBlock = 4_096;

/** The first free block of a prefix length after a block that is in use. */
function freeBlock(length: number, behind: string, blocks: readonly AddressBlock[]): string | undefined {
  const ranges = blocks.map(({ cidr }) => addressRange(cidr)).sort((one, other) => one.first - other.first);
  const size = 2 ** (32 - length);
  let start = Math.ceil((addressRange(behind).last + 1) / size) * size;
  for (let tries = 0; tries < triesForFreeBlock && start + size <= 2 ** 32; tries++) {
    const taken = ranges.find(({ first, last }) => first < start + size && last >= start);
    if (!taken) return subnet('0.0.0.0/0', length, start / size);
    start = Math.ceil((taken.last + 1) / size) * size;
  }
  return undefined;
}

function proposal(one: AddressBlock, other: AddressBlock, blocks: readonly AddressBlock[]): string {
  if (other.kind === 'zone' && other.explicit) return 'Remove the block, so that it is derived from the slot.';
  const free = freeBlock(prefixLength(other.cidr), one.cidr, blocks);
  return free ? `Write another block, such as ${free}.` : `Write a block outside ${one.cidr}.`;
}

function overlapProblem(one: AddressBlock, other: AddressBlock, blocks: readonly AddressBlock[]): Problem {
  return zoneProblem('ZON012', other.path, {
    wrong: `the block overlaps ${one.cidr} of ${one.path}`,
    rule: 'the two blocks must not share addresses',
    got: other.cidr,
    conflictsWith: one.path,
    fix: proposal(one, other, blocks),
  });
}

/**
 * Problems of blocks with special-purpose addresses, and of overlapping blocks.
 *
 * If several pairs overlap in the same addresses, or one block overlaps several, only the first is reported.
 */
export function checkOverlaps(estate: Segmentation, allocation: AddressAllocation): Problem[] {
  const declared = addressBlocks(estate, allocation);
  const special = declared.flatMap(({ path, cidr }) => specialPurpose(path, cidr, cidr));
  const blocks = declared.filter(({ cidr }) => !isSpecial(cidr));
  const rank = new Map(blocks.map((block, index) => [block, index]));
  const linked: Linked = (one, other) => linkBetween(estate.links, one, other) !== undefined;
  const pairs = overlappingPairs(blocks)
    .filter(([one, other]) => conflict(one, other, linked))
    .sort(([, one], [, other]) => (rank.get(one) ?? 0) - (rank.get(other) ?? 0));
  const reported: { first: number; last: number }[] = [];
  // The proposed block is free, so moving a block once mends all its overlaps.
  const moved = new Set<string>();
  const overlapping = pairs.flatMap(([one, other]) => {
    const [a, b] = [addressRange(one.cidr), addressRange(other.cidr)];
    const shared = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
    if (reported.some(({ first, last }) => first <= shared.first && shared.last <= last)) return [];
    reported.push(shared);
    if (moved.has(other.path)) return [];
    moved.add(other.path);
    return [overlapProblem(one, other, blocks)];
  });
  return [...special, ...overlapping];
}
