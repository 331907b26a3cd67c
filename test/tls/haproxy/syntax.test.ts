import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderConfiguration } from '../../../lib/tls/haproxy/configuration';
import { word } from '../../../lib/tls/haproxy/syntax';
import type { EndpointPlan, ZonePlan } from '../../../lib/zones/plan-schema';
import { twoEndpoints } from '../../fixtures/tiers';

/** Text as somebody might try it on: a harmless start, then something that means more than a word. */
const hostile = fc
  .tuple(
    fc.stringMatching(/^[a-z]{0,5}$/),
    fc.constantFrom('\n', '\r', ' ', '\t', '"', "'", '\\', '#', '$', '%', '{', '}', '\0', '\u0085', '\u2028', 'é', '(', ')', ';', '&', '|'),
    fc.string(),
  )
  .map((parts) => parts.join(''));

/** Every place of an endpoint's plan where a text of the user's ends up in the configuration. */
const places: Readonly<Record<string, (endpoint: EndpointPlan, text: string) => EndpointPlan>> = {
  id: (endpoint, text) => ({ ...endpoint, id: text }),
  serverName: (endpoint, text) => ({ ...endpoint, serverNames: [...endpoint.serverNames, text] }),
  'wildcard name': (endpoint, text) => ({ ...endpoint, serverNames: [`*.${text}`] }),
  'name of the backend': (endpoint, text) => ({ ...endpoint, backend: { ...endpoint.backend, serverName: text } }),
  'name of a server': (endpoint, text) => ({
    ...endpoint,
    backend: { ...endpoint.backend, servers: [{ name: text, address: '10.0.0.1' }] },
  }),
  'address of a server': (endpoint, text) => ({ ...endpoint, backend: { ...endpoint.backend, servers: [{ name: 'a', address: text }] } }),
};

describe('a word of a HAProxy configuration', () => {
  it('may be a name, an address or a number', () => {
    for (const text of ['fix', 'a.b-c.example.com', '*.example.com', '10.0.0.1', 8443]) expect(word(text)).toBe(String(text));
  });

  it('cannot be anything that HAProxy would split, unquote, expand or read as a comment', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(() => word(text)).toThrow(RangeError);
      }),
    );
    expect(() => word('')).toThrow(RangeError);
  });
});

describe('a HAProxy configuration', () => {
  const { zone, tier, haproxy } = twoEndpoints();

  it.each(Object.keys(places))('rejects hostile text in the %s', (place) => {
    const put = places[place] as (endpoint: EndpointPlan, text: string) => EndpointPlan;
    fc.assert(
      fc.property(hostile, (text) => {
        const endpoints = zone.endpoints.map((endpoint, index) => (index === 0 ? put(endpoint, text) : endpoint));
        expect(() => renderConfiguration({ ...zone, endpoints } as ZonePlan, tier, haproxy)).toThrow(RangeError);
      }),
    );
  });

  it('rejects hostile text in the name of the zone', () => {
    fc.assert(
      fc.property(hostile, (id) => {
        expect(() => renderConfiguration({ ...zone, id } as ZonePlan, tier, haproxy)).toThrow(RangeError);
      }),
    );
  });
});
