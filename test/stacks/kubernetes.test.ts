import { App } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { addOnPremSite } from '../../stacks/kubernetes';
import { type Json, resourcesOf, scratch, synthesized, synthesizedTexts } from '../fixtures/terraform';
import { planned, plannedTwoSites, twoSites } from '../fixtures/two-sites';

/** The estate with a zone that sorts first, in a free lower slot, with a flow to and from every other zone that can have one. */
function withFirstZone() {
  const raw = twoSites();
  const { orders, risk, batch } = raw.zones;
  const { status } = orders.endpoints;
  const backend = { ...status.backend, servers: { frankfurt: { a: '10.50.0.30' }, cloud: { a: '10.64.11.30' } } };
  const endpoints = { status: { ...status, serverNames: ['status.aaa.example.com'], port: 7443, backend } };
  const aaa = { ...orders, slot: 2, endpoints, allowFrom: { orders: {}, risk: {}, batch: {} } };
  const open = <T extends { allowFrom: object }>(zone: T) => ({ ...zone, allowFrom: { ...zone.allowFrom, aaa: {} } });
  return { ...raw, zones: { orders: open(orders), risk: open(risk), batch, aaa } };
}

/** Whether a value is the other with nothing but additions: to maps, and to lists at any place. */
function contains(value: Json, part: Json): boolean {
  if (Array.isArray(part)) return Array.isArray(value) && part.every((item) => value.some((candidate) => contains(candidate, item)));
  if (typeof part === 'object' && part !== null) return Object.entries(part).every(([key, child]) => contains(value?.[key], child));
  return value === part;
}

describe('the stacks of an on-prem site', () => {
  it('an on-prem site has three stacks in order, even if one is empty', () => {
    scratch((outdir) => {
      const { core, extensions, tiers } = addOnPremSite(new App({ outdir }), plannedTwoSites(), 'frankfurt');
      expect([core, extensions, tiers].map(({ node }) => node.id)).toEqual(['frankfurt-core', 'frankfurt-extensions', 'frankfurt-tiers']);
      expect(extensions.dependencies).toEqual([core]);
      expect(tiers.dependencies).toEqual([extensions]);
    });
  });

  it('the stacks of an on-prem site refer only to their own resources', () => {
    const stacks = Object.values(synthesized(plannedTwoSites()));
    const references = stacks.flatMap((stack) =>
      [...JSON.stringify(stack).matchAll(/\$\{(kubernetes_\w+\.[\w-]+)/g)].map(([, address = '']) => ({
        address,
        known: resourcesOf(stack),
      })),
    );
    expect(references.length).toBeGreaterThan(0);
    expect(references.filter(({ address, known }) => !known.has(address)).map(({ address }) => address)).toEqual([]);
  });

  it('addOnPremSite refuses a cloud site', () => {
    scratch((outdir) => {
      expect(() => addOnPremSite(new App({ outdir }), plannedTwoSites(), 'cloud')).toThrow('the plan has no on-prem site cloud');
    });
  });

  it('the Terraform JSON of an on-prem site is the same in every run', () => {
    expect(synthesizedTexts(plannedTwoSites())).toEqual(synthesizedTexts(plannedTwoSites()));
  });
});

describe('a zone that is added and sorts first', () => {
  const before = synthesized(plannedTwoSites());
  const after = synthesized(planned(withFirstZone()));

  it('a zone that sorts first changes no existing resource', () => {
    for (const [name, stack] of Object.entries(before)) {
      const now = resourcesOf(after[name]);
      for (const [address, resource] of resourcesOf(stack)) expect(contains(now.get(address), resource), address).toBe(true);
    }
  });

  it('a new source of a tier changes only its Service', () => {
    const changed = [...resourcesOf(before['frankfurt-tiers'])].filter(
      ([address, resource]) => JSON.stringify(resourcesOf(after['frankfurt-tiers']).get(address)) !== JSON.stringify(resource),
    );
    expect(changed.map(([address]) => address)).toEqual(['kubernetes_service_v1.orders_service_fix']);
  });
});
