import { z } from 'zod';
import type { ThingMap } from '../../core/domain';
import { isJsonObject } from '../../core/json-object';
import type { Problem } from '../../core/problem';
import { haproxySpec } from '../../tls/spec';
import { thingMaps } from '../domains';
import { estateSpec, siteSpec } from '../spec';
import type { ParsedEstate, PartialEstateSpec } from './partial-estate';
import { joinMisspelt, keyProblems, parseThing, unknownAttributes } from './schema-issues';
import { withFreeSlots } from './slots';

/** Problems found so far, and the paths of parts that are not valid. */
interface Gathering {
  readonly problems: Problem[];
  readonly broken: Set<string>;
}

const mapOf = z.record(z.string(), z.unknown());
const optionalMap = mapOf.default({});

/**
 * Parses each site, zone and other entry of a description separately.
 *
 * Entries that are not valid are left out of the result, and their paths are returned, so that later stages can check the
 * rest and do not report references to them.
 */
export function parseEstate(raw: unknown): { parsed: ParsedEstate; problems: Problem[] } {
  const gathering: Gathering = { problems: [], broken: new Set() };
  const root = take(gathering, mapOf, raw, 'estate') ?? {};
  const frame = {
    estate: take(gathering, estateSpec.shape.estate, root.estate, 'estate') ?? '',
    haproxy: take(gathering, haproxySpec, root.haproxy, 'haproxy'),
    sites: collect(gathering, root.sites, 'sites', parser(siteSpec)),
  };
  const maps = Object.entries(thingMaps).map(([name, map]) => {
    return [name, collect(gathering, root[name] ?? whenLeftOut(map), name, thingParser(map))];
  });
  const spec = { ...frame, ...Object.fromEntries(maps) } as PartialEstateSpec;
  const names = Object.keys(estateSpec.shape);
  const unknown = Object.keys(root).filter((key) => !names.includes(key));
  gathering.problems.push(...unknownAttributes(unknown, names, (key) => key));
  return { parsed: { spec, broken: gathering.broken }, problems: withFreeSlots(joinMisspelt(gathering.problems), root.zones) };
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

/** Default of a map; undefined if the map is required. */
function whenLeftOut({ schema }: ThingMap): unknown {
  return schema.safeParse(undefined).data;
}

/** Returns the parser of an entry whose members, such as the endpoints of a zone, are parsed separately. */
function thingParser({ thing, members = {} }: ThingMap): Parser<object> {
  const names = Object.keys(members);
  if (names.length === 0) return parser(thing);
  const head = thing.extend(Object.fromEntries(names.map((name) => [name, optionalMap])));
  return (gathering, value, path) => {
    const parsed = take(gathering, head, value, path);
    const written = isJsonObject(value) ? value : {};
    const parts = Object.entries(members).map(([name, member]) => [
      name,
      collectWithin(gathering, written[name], `${path}/${name}`, parser(member)),
    ]);
    return parsed && { ...parsed, ...Object.fromEntries(parts) };
  };
}

/** Parses the entries of a map inside an entry. A value that is not a map was reported with the entry. */
function collectWithin<T>(gathering: Gathering, value: unknown, path: string, parse: Parser<T>): Record<string, T> {
  return isJsonObject(value) ? collect(gathering, value, path, parse) : {};
}
