import { section, table } from '../../core/markdown';
import { byCodeUnit } from '../../core/order';
import type { EstatePlan, SitePlan } from '../plan-schema';

function rowOf(site: SitePlan): (string | number)[] {
  const { id, kind, zones, tiers } = site;
  const on = (acceleration: string) => tiers.filter((tier) => tier.acceleration === acceleration).length;
  const managed = site.kind === 'cloud' ? site.managedListeners.length : 0;
  return [
    id,
    kind,
    zones.length,
    zones.reduce((sum, { endpoints }) => sum + endpoints.length, 0),
    zones.reduce((sum, { inbound }) => sum + inbound.length, 0),
    on('hardware'),
    on('software'),
    managed,
    tiers.reduce((sum, { instances }) => sum + instances, 0),
  ];
}

/** Node of the diagram. Ids have no underscores, so different ids have different nodes. */
const node = (prefix: string, id: string): string => `${prefix}_${id.replaceAll('-', '_')}`;

/** Diagram of who may connect to which zone at any site, with the endpoints on the arrows. */
function diagram({ externals, sites }: EstatePlan): string {
  const outside = new Set(externals.map(({ id }) => id));
  const zones = new Set(sites.flatMap((site) => site.zones.map(({ id }) => id)));
  const flows = new Map<string, Set<string>>();
  for (const { zones: planned } of sites)
    for (const { id, inbound } of planned)
      for (const { source, location, endpoint } of inbound) {
        const arrow = `${node(location === 'external' ? 'external' : 'zone', source)} -->|*| ${node('zone', id)}`;
        flows.set(arrow, (flows.get(arrow) ?? new Set()).add(endpoint));
      }
  const lines = [
    'flowchart LR',
    ...[...outside].toSorted(byCodeUnit).map((id) => `  ${node('external', id)}(["${id}"])`),
    ...[...zones].toSorted(byCodeUnit).map((id) => `  ${node('zone', id)}["${id}"]`),
    ...[...flows]
      .toSorted(([one], [other]) => byCodeUnit(one, other))
      .map(([arrow, endpoints]) => `  ${arrow.replace('*', [...endpoints].toSorted(byCodeUnit).join(', '))}`),
  ];
  return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\`\n`;
}

/** The first section of `plan.md`: the number of zones, flows and tiers of each site, and a diagram of the flows. */
export function overview(plan: EstatePlan): string {
  const header = ['Site', 'Kind', 'Zones', 'Endpoints', 'Flows in', 'Hardware tiers', 'Software tiers', 'Managed listeners', 'Instances'];
  return section(
    2,
    'Overview',
    table(header, plan.sites.map(rowOf), 'No site.'),
    'Permitted connections, at one site or between sites:\n',
    diagram(plan),
  );
}
