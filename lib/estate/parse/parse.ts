import { z } from 'zod';
import { nearest } from '../../core/nearest';
import type { Problem } from '../../core/problem';
import { haproxySpec, profileSpec } from '../../tls/spec';
import { endpointSpec, externalSpec, flowSpec, linkSpec, type ZoneSpec, zoneSpec } from '../../zones/spec';
import { estateSpec, siteSpec } from '../spec';
import type { ParsedEstate } from './parsed';
import { keyProblems, parseThing, sayMisspeltOnce, unknownAttribute } from './shape';
import { withFreeSlots } from './slots';

type Map = Readonly<Record<string, unknown>>;

/** What one parse gathers: problems, and the paths of what did not parse. */
interface Gathering {
  readonly problems: Problem[];
  readonly broken: Set<string>;
}

const mapOf = z.record(z.string(), z.unknown());
const optionalMap = mapOf.default({});

/** A zone without the things in it, which are parsed by themselves. */
const zoneHead = zoneSpec.extend({ endpoints: optionalMap, allowFrom: optionalMap });

/**
 * Parses each thing of a description by itself.
 * One that fails is left out and stays known by its path, so that later stages neither see it nor blame who refers to it.
 */
export function parseEstate(raw: unknown): { parsed: ParsedEstate; problems: Problem[] } {
  const gathering: Gathering = { problems: [], broken: new Set() };
  const root = take(gathering, mapOf, raw, 'estate') ?? {};
  const spec = {
    estate: take(gathering, estateSpec.shape.estate, root.estate, 'estate') ?? '',
    haproxy: take(gathering, haproxySpec, root.haproxy, 'haproxy'),
    externals: collect(gathering, root.externals ?? {}, 'externals', parser(externalSpec)),
    sites: collect(gathering, root.sites, 'sites', parser(siteSpec)),
    links: collect(gathering, root.links ?? {}, 'links', parser(linkSpec)),
    profiles: collect(gathering, root.profiles ?? {}, 'profiles', parser(profileSpec)),
    zones: collect(gathering, root.zones, 'zones', parseZone),
  };
  gathering.problems.push(...unknownAttributes(root));
  return { parsed: { spec, broken: gathering.broken }, problems: withFreeSlots(sayMisspeltOnce(gathering.problems), root.zones) };
}

type Parser<T> = (gathering: Gathering, value: unknown, path: string) => T | undefined;

function parser<T extends z.ZodType>(schema: T): Parser<z.output<T>> {
  return (gathering, value, path) => take(gathering, schema, value, path);
}

function take<T extends z.ZodType>(gathering: Gathering, schema: T, value: unknown, path: string): z.output<T> | undefined {
  const { data, problems } = parseThing(schema, value, path);
  if (problems.length > 0) gathering.broken.add(path);
  gathering.problems.push(...problems);
  return data;
}

function collect<T>(gathering: Gathering, value: unknown, path: string, parse: Parser<T>): Record<string, T> {
  const map = take(gathering, mapOf, value, path) ?? {};
  const things: [string, T][] = [];
  for (const [key, thing] of Object.entries(map)) {
    const at = `${path}/${key}`;
    const wrongKey = keyProblems(key, at);
    if (wrongKey.length > 0) gathering.broken.add(at);
    gathering.problems.push(...wrongKey);
    const parsed = parse(gathering, thing, at);
    if (parsed !== undefined && wrongKey.length === 0) things.push([key, parsed]);
  }
  return Object.fromEntries(things);
}

function parseZone(gathering: Gathering, value: unknown, path: string): ZoneSpec | undefined {
  const head = take(gathering, zoneHead, value, path);
  const { endpoints, allowFrom } = isMap(value) ? value : {};
  const parts = {
    endpoints: collectWithin(gathering, endpoints, `${path}/endpoints`, parser(endpointSpec)),
    allowFrom: collectWithin(gathering, allowFrom, `${path}/allowFrom`, parser(flowSpec)),
  };
  return head && { ...head, ...parts };
}

/** As `collect`, where the map itself was judged with the thing that holds it. */
function collectWithin<T>(gathering: Gathering, value: unknown, path: string, parse: Parser<T>): Record<string, T> {
  return isMap(value) ? collect(gathering, value, path, parse) : {};
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownAttributes(root: Map): Problem[] {
  const names = Object.keys(estateSpec.shape);
  return Object.keys(root)
    .filter((key) => !names.includes(key))
    .map((key) => {
      const meant = nearest(key, names);
      return unknownAttribute(key, root[key], meant ? [meant] : names);
    });
}
