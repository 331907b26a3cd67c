import { describe, expect, it } from 'vitest';
import type { Site } from '../../../lib/artifacts/site';
import { type ChoiceProps, chooseSites } from '../../../lib/deployment/gate/choice';

const basildon: Site = { kind: 'on-prem', id: 'basildon', context: 'own', clusterIdentity: 'firm-own' };
const dublin: Site = { kind: 'cloud', id: 'dublin', account: '111122223333', region: 'eu-west-1' };
const sites: readonly Site[] = [basildon, dublin];

describe('chooseSites', () => {
  it('chooseSites refuses an unknown site with DEP001', () => {
    expect(() => chooseSites(sites, { site: ['basildn'] })).toThrow('DEP001');
    expect(() => chooseSites([basildon], { only: 'cloud' })).toThrow('DEP001');
  });

  it('chooseSites returns lost sites separately from the selected ones', () => {
    expect(chooseSites(sites, { siteLost: ['basildon'] })).toEqual({ sites: [dublin], lost: [basildon] });
  });

  it('chooseSites refuses contradictory options with DEP029', () => {
    const contradictory: ChoiceProps[] = [
      { site: ['dublin', 'basildon'], siteLost: ['dublin'] },
      { only: 'cloud', siteLost: ['dublin'] },
      { only: 'on-prem', site: ['dublin'] },
      { only: 'on-prem', first: 'dublin' },
      { site: ['basildon'], first: 'dublin' },
      { siteLost: ['dublin'], first: 'dublin' },
    ];
    for (const options of contradictory) expect(() => chooseSites(sites, options)).toThrow('DEP029');
    expect(chooseSites(sites, { first: 'dublin' })).toMatchObject({ sites, first: 'dublin' });
  });
});
