import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseEstate } from '../../../lib/estate/parse/parse';
import { planEstate } from '../../../lib/estate/plan/plan';
import type { EstatePlan } from '../../../lib/estate/plan-schema';
import { type Attribute, estateAttributes, holdersOf, isLeaf } from '../../support/attributes';
import { variations } from '../../support/variations';

type Estate = ReturnType<typeof parse>;

const example = withAlternatives(parse(readFileSync(join(__dirname, '../../../examples/every-attribute/estate.yaml'), 'utf8')));

/** The example of every attribute, with what it takes to vary some of them alone. */
function withAlternatives(read: Estate): Estate {
  const { sites, zones } = read;
  const { fix } = zones.orders.endpoints;
  // The example calibrates one kind of site only.
  sites.dublin.calibration = structuredClone(sites.zurich.calibration);
  // Direction, ports and service of a default flow are fixed, so flows with other ids show them.
  Object.assign(sites.zurich.platformFlows, { health: { direction: 'ingress', ports: [{ port: 8404 }], cidrs: ['10.114.1.0/28'] } });
  Object.assign(sites.dublin.platformFlows, {
    audit: { direction: 'egress', ports: [{ port: 6514, protocol: 'TCP' }], cidrs: ['10.16.128.64/26'] },
    layers: { direction: 'egress', ports: [{ port: 443 }], service: 's3' },
  });
  // A flow to some endpoints of a zone differs from one to all of them if there are two.
  zones.orders.endpoints.copies = { ...structuredClone(fix), port: 9444, serverNames: ['copies.orders.example.net'] };
  // The profile of zone orders requires client certificates of every endpoint.
  zones.reconciliation.endpoints.reports.clientAuthentication = 'none';
  return read;
}

/** Attributes with which others must agree, so that only several can be varied together, and the part of the plan that shows them. */
const together: Readonly<Record<string, { vary(estate: Estate): unknown; shown(plan: EstatePlan): unknown }>> = {
  'sites/*[cloud]/account': {
    vary: (varied) => replaced(varied, /444455556666/g, '777788889999'),
    shown: ({ sites }) => sites.map((site) => site.kind === 'cloud' && site.account),
  },
  'sites/*[cloud]/region': {
    vary: (varied) => replaced(varied, /eu-central-1/g, 'eu-south-1'),
    shown: ({ sites }) => sites.map((site) => site.kind === 'cloud' && site.region),
  },
  'zones/*/sites': {
    vary({ zones: { reconciliation, ...zones }, ...rest }) {
      const { at: _at, ...varied } = structuredClone(reconciliation);
      delete varied.endpoints.reports.backend.servers.frankfurt;
      return { ...rest, zones: { ...zones, reconciliation: { ...varied, sites: ['geneva'] } } };
    },
    shown: ({ sites }) => sites.map(({ zones }) => zones.map(({ id }) => id)),
  },
};

function replaced(description: Estate, text: RegExp, other: string): unknown {
  return JSON.parse(JSON.stringify(description).replace(text, other));
}

/** The plan; undefined for a description that has problems. */
function planOf(description: unknown): EstatePlan | undefined {
  const { parsed, problems } = parseEstate(description);
  return problems.length === 0 ? planEstate(parsed).plan : undefined;
}

type Effect = 'changes the plan' | 'changes nothing' | 'has no lawful variation';

function effectOf(attribute: Attribute, unvaried: string): Effect {
  let effect: Effect = 'has no lawful variation';
  const description = structuredClone(example);
  for (const { object, key } of holdersOf(description, attribute.path)) {
    const written = object[key];
    for (const value of variations(attribute, written)) {
      if (value === undefined) delete object[key];
      else object[key] = value;
      const plan = planOf(description);
      if (plan && JSON.stringify(plan) !== unvaried) return 'changes the plan';
      if (plan) effect = 'changes nothing';
    }
    object[key] = written;
  }
  return effect;
}

describe('every attribute of a description', () => {
  const leaves = estateAttributes().filter(isLeaf);

  it('changes the plan if it is varied alone', () => {
    const unvaried = JSON.stringify(planOf(example));
    expect(unvaried).toBeDefined();
    expect(leaves.length).toBeGreaterThan(200);
    const alone = leaves.filter(({ path }) => !(path in together));
    const effects = alone.map((attribute) => ({ path: attribute.path, effect: effectOf(attribute, unvaried) }));
    expect(effects.filter(({ effect }) => effect !== 'changes the plan')).toEqual([]);
  });

  it.each(Object.entries(together))(
    'changes the plan if it is varied with the others that must agree with it: %s',
    (path, { vary, shown }) => {
      expect(leaves.map((leaf) => leaf.path)).toContain(path);
      const [unvaried, varied] = [planOf(example), planOf(vary(example))];
      if (!unvaried || !varied) throw new Error('the description is unlawful');
      expect(shown(varied)).not.toEqual(shown(unvaried));
    },
  );
});
