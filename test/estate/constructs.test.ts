import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { estate as meridian } from '../../examples/meridian/estate';
import {
  CloudSite,
  DescriptionError,
  Estate,
  type EstateDescription,
  External,
  type HaproxyProps,
  Link,
  OnPremSite,
  planDescription,
  UsageError,
  Zone,
  type ZoneOptions,
} from '../../lib/index';

const haproxy: HaproxyProps = { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } };
const zoneOptions: ZoneOptions = { purpose: 'risk', criticality: 'high', sites: ['own'], slot: 0 };
const backend = { port: 9500, servers: { own: { a: '10.0.0.1' } } };

function yamlOf(example: string): EstateDescription {
  return parse(readFileSync(join(__dirname, '../../examples', example, 'estate.yaml'), 'utf8')) as EstateDescription;
}

describe('an estate of constructs', () => {
  it('an estate of constructs equals the same estate in YAML', () => {
    expect(JSON.parse(JSON.stringify(meridian.toSpec()))).toEqual(yamlOf('meridian'));
  });

  it('an estate of constructs has the same plan as in YAML', () => {
    expect(planDescription(meridian)).toEqual(planDescription(yamlOf('meridian')));
  });

  it('an estate of constructs contains the ids of constructs that it refers to', () => {
    const estate = new Estate('x', { haproxy });
    const own = new OnPremSite(estate, 'own', {} as never);
    const cloud = new CloudSite(estate, 'cloud', {} as never);
    new Link(estate, 'line', { between: [own, cloud], kind: 'private', prefixes: {}, roundTripMilliseconds: 1 });
    const members = new External(estate, 'members', { cidrs: ['192.0.2.0/24'], sites: [own] });
    const zone = new Zone(estate, 'orders', { ...zoneOptions, sites: [own, cloud] });
    const fix = zone.addEndpoint('fix', { port: 9443, serverNames: ['fix.example.com'], protocol: 'fix', backend });
    zone.allowFrom(members, { endpoints: [fix] }).allowFrom('desk', { scope: 'estate' });
    const spec = estate.toSpec();
    expect(spec.sites).toEqual({ own: { kind: 'on-prem' }, cloud: { kind: 'cloud' } });
    expect(spec.links?.line?.between).toEqual(['own', 'cloud']);
    expect(spec.externals?.members?.sites).toEqual(['own']);
    expect(spec.zones.orders).toMatchObject({
      sites: ['own', 'cloud'],
      allowFrom: { members: { endpoints: ['fix'] }, desk: { scope: 'estate' } },
    });
  });

  it('an estate contains constructs at any depth of its tree', () => {
    class Desk extends Construct {
      readonly zone = new Zone(this, 'orders', zoneOptions);
    }
    const estate = new Estate('x', { haproxy });
    const desk = new Desk(estate, 'equities');
    expect(Object.keys(estate.toSpec().zones)).toEqual(['orders']);
    expect(Estate.of(desk.zone)).toBe(estate);
  });

  it('toSpec leaves out a map that is undefined', () => {
    const estate = new Estate('acme', { haproxy: yamlOf('meridian').haproxy, profiles: undefined });
    expect(estate.toSpec()).not.toHaveProperty('profiles');
  });

  it('an estate refuses two constructs of one kind with the same id, and names the paths of both', () => {
    const estate = new Estate('x', { haproxy });
    new Zone(estate, 'orders', zoneOptions);
    new Zone(new Construct(estate, 'desk'), 'orders', zoneOptions);
    new External(new Construct(estate, 'outside'), 'orders', { cidrs: [] });
    expect(() => estate.toSpec()).toThrow(DescriptionError);
    expect(() => estate.toSpec()).toThrow(/^zones\/orders: constructs \S*orders and desk\/orders have the same id; .* \[EST009\]$/);
  });

  it('a zone refuses to allow the same source twice', () => {
    const zone = new Zone(new Estate('x', { haproxy }), 'orders', zoneOptions).allowFrom('members');
    expect(() => zone.allowFrom('members', { scope: 'estate' })).toThrow(UsageError);
  });

  it('Estate.of refuses a construct outside an estate', () => {
    expect(() => Estate.of(new Construct(undefined as never, ''))).toThrow(/EST010/);
  });

  it('constructors check nothing, so that all problems are reported together', () => {
    const estate = new Estate('x', { haproxy: { ...haproxy, version: 'three' } });
    new Zone(estate, 'orders', { ...zoneOptions, slot: -1 });
    expect(() => planDescription(estate)).toThrow(/haproxy\/version: .*SPC006\][\s\S]*zones\/orders\/slot: .*SPC004\]/);
  });
});

describe('the place of a construct', () => {
  it('the place of a construct is the call of new, also for a subclass', () => {
    class RiskZone extends Zone {
      constructor(estate: Estate) {
        super(estate, 'risk', zoneOptions);
      }
    }
    const estate = new Estate('x', { haproxy });
    const direct = new Zone(estate, 'orders', zoneOptions);
    const derived = new RiskZone(estate);
    expect(direct.place?.file).toBe(__filename);
    expect(derived.place?.line).toBe((direct.place?.line ?? 0) + 1);
  });

  it('the place of an attribute is that of the nearest construct that contains it', () => {
    const estate = new Estate('x', { haproxy });
    const zone = new Zone(estate, 'orders', zoneOptions);
    const fix = zone.addEndpoint('fix', { port: 9443, serverNames: ['fix.example.com'], protocol: 'fix', backend });
    zone.allowFrom('members');
    expect(estate.placeOf('zones/orders/endpoints/fix/backend/port')).toBe(fix.place);
    expect(estate.placeOf('zones/orders/slot')).toBe(zone.place);
    expect(estate.placeOf('zones/orders/allowFrom/members/scope')?.line).toBeGreaterThan(fix.place?.line ?? 0);
    expect(estate.placeOf('haproxy/version')).toBe(estate.place);
  });
});
