import { byCodeUnit } from '../../core/order';

export type Protocol = 'TCP' | 'UDP';

/** An allow entry of a network ACL. Traffic without an entry meets the default deny. */
export interface NetworkAclEntry {
  readonly ruleNumber: number;
  readonly cidr: string;
  readonly protocol: Protocol;
  readonly fromPort: number;
  readonly toPort: number;
}

const firstZoneNumber = 1_000;
const firstOtherNumber = 6_000;
const otherNumbers = 26_000;

const lowestEphemeralPort = 1_024;
const highestPort = 65_535;

interface Range {
  fromPort: number;
  toPort: number;
}

interface Rule {
  readonly cidr: string;
  readonly protocol: Protocol;
  ingress: Range;
  egress: Range;
}

const ephemeral = { fromPort: lowestEphemeralPort, toPort: highestPort };

function widen(one: Range, other: Range): Range {
  return { fromPort: Math.min(one.fromPort, other.fromPort), toPort: Math.max(one.toPort, other.toPort) };
}

/** 32-bit FNV-1a hash. A rule number is derived from the text of the rule, so other rules do not change it. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}

/** Rules of a network ACL: one entry per block, protocol and direction, with the smallest port range that covers all requests. */
export class RuleSet {
  private readonly rules = new Map<string, Rule>();

  /** @param slots slot of every zone of the site, keyed by block, from which the rule numbers of zones are derived */
  constructor(private readonly slots: ReadonlyMap<string, number>) {}

  /** Allows connections from a block, and their replies. */
  accepts(cidr: string, protocol: Protocol = 'TCP', port?: number): void {
    this.add(cidr, protocol, this.ports(port), ephemeral);
  }

  /** Allows connections to a block, and their replies. */
  opens(cidr: string, protocol: Protocol = 'TCP', port?: number): void {
    this.add(cidr, protocol, ephemeral, this.ports(port));
  }

  /** Ingress and egress entries, sorted by rule number. */
  entries(): { ingress: NetworkAclEntry[]; egress: NetworkAclEntry[] } {
    const numbered = this.numbered();
    const toward = (direction: 'ingress' | 'egress') =>
      numbered.map(({ ruleNumber, rule }) => ({ ruleNumber, cidr: rule.cidr, protocol: rule.protocol, ...rule[direction] }));
    return { ingress: toward('ingress'), egress: toward('egress') };
  }

  private ports(port: number | undefined): Range {
    return port === undefined ? { fromPort: 0, toPort: highestPort } : { fromPort: port, toPort: port };
  }

  private add(cidr: string, protocol: Protocol, ingress: Range, egress: Range): void {
    const key = `${protocol} ${cidr}`;
    const known = this.rules.get(key);
    this.rules.set(key, {
      cidr,
      protocol,
      ingress: known ? widen(known.ingress, ingress) : ingress,
      egress: known ? widen(known.egress, egress) : egress,
    });
  }

  private numbered(): { ruleNumber: number; rule: Rule }[] {
    const taken = new Set<number>();
    const numberOf = (key: string, rule: Rule): number => {
      const slot = rule.protocol === 'TCP' ? this.slots.get(rule.cidr) : undefined;
      if (slot !== undefined) return firstZoneNumber + slot;
      let attempt = key;
      while (taken.has(firstOtherNumber + (hash(attempt) % otherNumbers))) attempt += '+';
      return firstOtherNumber + (hash(attempt) % otherNumbers);
    };
    return [...this.rules]
      .sort(([one], [other]) => byCodeUnit(one, other))
      .map(([key, rule]) => {
        const ruleNumber = numberOf(key, rule);
        taken.add(ruleNumber);
        return { ruleNumber, rule };
      })
      .sort((one, other) => one.ruleNumber - other.ruleNumber);
  }
}
