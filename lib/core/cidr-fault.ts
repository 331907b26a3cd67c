import { IPv4, IPv6 } from 'ipaddr.js';
import { isAddress, isCidr, prefixLength } from './addresses';

/** What a check of the schema says about a value, besides the rule that the value breaks. */
export interface FormFault {
  /** What is wrong, as a clause. */
  readonly wrong: string;
  /**
   * What to write instead, as a sentence.
   *
   * @default - the form that the rule describes
   */
  readonly fix?: string;
}

/** Shortest prefix of a block; 10.0.0.0/8 is the largest private network. */
const shortestPrefix = 8;

export const cidrRule = `a block must be an IPv4 network in CIDR notation without host bits, from /${shortestPrefix} to /32, such as 10.0.0.0/16`;

/** Returns what is wrong with a text as an IPv4 block, with the block that was probably meant; undefined if it is right. */
export function cidrFault(text: string): FormFault | undefined {
  if (isCidr(text)) return prefixLength(text) < shortestPrefix ? tooLarge(text) : undefined;
  if (isAddress(text)) return { wrong: 'the value is an address without a prefix length', fix: `Write ${text}/32.` };
  if (IPv6.isValid(text) || IPv6.isValidCIDR(text))
    return { wrong: 'the value is IPv6, which Diptych does not support', fix: 'Write the IPv4 block of the network.' };
  if (IPv4.isValidCIDRFourPartDecimal(text)) {
    const network = IPv4.networkAddressFromCIDR(text).toString();
    const length = IPv4.parseCIDR(text)[1];
    if (length < shortestPrefix) return tooLarge(`${network}/${length}`);
    const fix = `Write ${network}/${length}.`;
    return { wrong: network === text.split('/')[0] ? 'the block has superfluous digits' : 'the block has host bits', fix };
  }
  return { wrong: 'the value is not a block in CIDR notation' };
}

function tooLarge(text: string): FormFault {
  const wrong = text === '0.0.0.0/0' ? 'the block contains every address' : 'the block is larger than any private network';
  return { wrong, fix: 'Write the blocks that the network really has.' };
}
