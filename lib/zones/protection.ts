import type { criticalities } from './spec';

/** Whether what serves a zone is kept from being deleted by one careless command. */
export function isProtected(criticality: (typeof criticalities)[number]): boolean {
  return criticality !== 'standard';
}
