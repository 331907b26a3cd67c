import type { CodeCatalogue } from '../core/problem';

/** What can be wrong with profiles and termination tiers. */
export const tlsCodes: CodeCatalogue = {};
