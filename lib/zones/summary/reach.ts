import { section, table } from '../../core/markdown';
import { byCodeUnit } from '../../core/order';
import type { InboundFlowPlan, ZonePlan } from '../plan-schema';

/** Who may reach whom at one site: at a glance where it fits on a page, and one permission a line. */

/** More columns than this no person reads. */
const widestGlance = 12;

interface Permission {
  readonly target: string;
  readonly flow: InboundFlowPlan;
}

function permissionsAt(zones: readonly ZonePlan[]): Permission[] {
  return zones.flatMap((zone) => zone.inbound.map((flow) => ({ target: `${zone.id}/${flow.endpoint}`, flow })));
}

/** Words for the location of a source in the table of flows. */
const locationWords: Readonly<Record<InboundFlowPlan['location'], string>> = {
  'same-site': 'here',
  'linked-site': 'link',
  external: 'outside',
};

function cell(permissions: readonly Permission[], source: string, target: string): string {
  const found = permissions.filter((each) => each.target === target && each.flow.source === source);
  return [...new Set(found.map(({ flow }) => locationWords[flow.location]))].sort(byCodeUnit).join(' and ');
}

function glance(zones: readonly ZonePlan[], permissions: readonly Permission[]): string[] {
  const targets = zones.flatMap(({ id, endpoints }) => endpoints.map((endpoint) => `${id}/${endpoint.id}`));
  if (targets.length === 0 || targets.length > widestGlance) return [];
  const sources = [...new Set([...zones.map(({ id }) => id), ...permissions.map(({ flow }) => flow.source)])].sort(byCodeUnit);
  const rows = sources.map((source) => [source, ...targets.map((target) => cell(permissions, source, target))]);
  return [table(['From', ...targets], rows, '')];
}

function describeSource({ location, source, sourceSite, cidrs }: InboundFlowPlan): string {
  if (location === 'same-site') return source;
  return location === 'external' ? `${source} (${cidrs.join(', ')})` : `${source} at ${sourceSite} (${cidrs.join(', ')})`;
}

function describeWay({ location, link }: InboundFlowPlan): string {
  return location === 'linked-site' ? `link ${link}` : locationWords[location];
}

/** The section on who may reach whom. */
export function reachSection({ zones }: { readonly zones: readonly ZonePlan[] }): string {
  const permissions = permissionsAt(zones);
  const rows = permissions.map(({ target, flow }) => [target, flow.port, describeSource(flow), describeWay(flow)]);
  return section(
    3,
    'Who may reach whom',
    'Nothing else may connect. `here`: from the same site; `link`: from another site; `outside`: an external.\n',
    ...glance(zones, permissions),
    table(['To', 'Port', 'From', 'By way of'], rows, 'Nobody may connect to anything.'),
  );
}
