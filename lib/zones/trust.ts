import type { purposes, trustLevels } from './spec';

type Purpose = (typeof purposes)[number];

/** Level of trust: which coarse wall a zone stands behind. */
export type TrustLevel = (typeof trustLevels)[number];

/** The level of trust of a zone that declares none, by its purpose. */
export const defaultTrustLevel: Readonly<Record<Purpose, TrustLevel>> = {
  'market-data': 'trading',
  'high-frequency-order-entry': 'trading',
  'algorithmic-trading': 'trading',
  'long-term-portfolio': 'trading',
  risk: 'post-trade',
  settlement: 'post-trade',
  'client-access': 'exposed',
  management: 'management',
};
