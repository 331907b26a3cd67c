import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readers } from '../../../../lib/deployment/probe/readers/readers';
import type { EstatePlan } from '../../../../lib/estate/plan-schema';
import { linkSpec } from '../../../../lib/zones/spec';
import { cloudTemplates } from '../../../fixtures/cloud-templates';
import { planned, twoSites } from '../../../fixtures/two-sites';

type Raw = ReturnType<typeof twoSites>;

const gateways = { transitGateway: { cloud: 'tgw-0123456789abcdef0' }, virtualPrivateGateway: { cloud: 'vgw-0123456789abcdef0' } };
const directConnectGateway = '5f0c2e9b-6d81-443c-8fe0-5a92d16b38c4';

/** An estate whose link from the cloud has these attributes instead of a transit gateway. */
function linkedBy(attributes: object): Raw {
  const raw = twoSites();
  const { transitGateway, ...backbone } = raw.links.backbone;
  return { ...raw, links: { backbone: { ...backbone, ...attributes } as Raw['links']['backbone'] } };
}

/** One estate or more for each kind of link that the schema knows; a line between two sites on-prem emits nothing in the cloud. */
const links: Readonly<Record<(typeof linkSpec.shape.kind.options)[number], readonly object[]>> = {
  'transit-gateway': [{ kind: 'transit-gateway', transitGateway: gateways.transitGateway }],
  'virtual-private-gateway': [{ kind: 'virtual-private-gateway', virtualPrivateGateway: gateways.virtualPrivateGateway }],
  'direct-connect': [
    { kind: 'direct-connect', directConnectGateway, transitGateway: gateways.transitGateway },
    { kind: 'direct-connect', directConnectGateway, virtualPrivateGateway: gateways.virtualPrivateGateway },
  ],
  private: [],
};

function example(name: string): unknown {
  return parse(readFileSync(join(__dirname, '../../../../examples', name, 'estate.yaml'), 'utf8'));
}

function typesOf(plan: EstatePlan): string[] {
  const templates = plan.sites.filter(({ kind }) => kind === 'cloud').flatMap(({ id }) => [...cloudTemplates(plan, id).values()]);
  const all = templates.flatMap((template) => Object.values(template.toJSON().Resources as Record<string, { Type: string }>));
  return [...new Set(all.map(({ Type }) => Type))].sort();
}

const readable = new Set(readers.map(({ type }) => type));

describe('every type that a site in the cloud can hold has a reader', () => {
  it.each(['meridian', 'every-attribute'])('in the example %s', (name) => {
    const types = typesOf(planned(example(name)));
    expect(types.length).toBeGreaterThan(20);
    expect(types.filter((type) => !readable.has(type))).toEqual([]);
  });

  it.each(linkSpec.shape.kind.options)('with a link of kind %s', (kind) => {
    expect(kind === 'private' || links[kind].length > 0).toBe(true);
    for (const link of links[kind]) expect(typesOf(planned(linkedBy(link))).filter((type) => !readable.has(type))).toEqual([]);
  });

  it('which includes attachments of virtual private gateways and associations with Direct Connect', () => {
    const [, byVirtualPrivateGateway = {}] = links['direct-connect'];
    expect(typesOf(planned(linkedBy(byVirtualPrivateGateway)))).toEqual(
      expect.arrayContaining(['AWS::DirectConnect::DirectConnectGatewayAssociation', 'AWS::EC2::VPCGatewayAttachment']),
    );
  });

  it('and no type has two', () => {
    expect(readers.map(({ type }) => type).filter((type, index, all) => all.indexOf(type) !== index)).toEqual([]);
  });
});
