import { isAddress } from '../../core/addresses';
import { metricsPort } from '../../core/ports';
import type { Problem } from '../../core/problem';
import type { CloudSitePlan, OnPremSitePlan, SitePlan } from '../plan-schema';
import { siteProblem } from './codes';
import { deviation, portName } from './platform-flow-checks';

/** Checks that platform flows allow what the tiers of a site contact. */

type Flow = SitePlan['platformFlows'][number];

/** A connection that tiers of a site depend on. */
interface Need {
  /** Id of the default flow that allows it. */
  readonly flow: string;
  readonly direction: Flow['direction'];
  readonly port: Flow['ports'][number];
  readonly service?: 'interface-endpoints' | 's3';
  /** What fails without the flow, as a clause. */
  readonly reason: string;
}

function cloudNeeds({ tiers }: CloudSitePlan): Need[] {
  const [first] = tiers;
  if (!first) return [];
  const https = { direction: 'egress', port: { port: 443, protocol: 'TCP' } } as const;
  const instances = `instances of the tier of zone ${first.zone}`;
  return [
    {
      ...https,
      flow: 'endpoints',
      service: 'interface-endpoints',
      reason: `${instances} pull their image, signal whether they started and ship their logs through the interface endpoints of the VPC`,
    },
    { ...https, flow: 's3', service: 's3', reason: `${instances} download their configuration and the layers of their image from S3` },
  ];
}

/** Path of the first server of a site with a DNS name. */
function namedServer({ id: siteId, zones }: OnPremSitePlan): string | undefined {
  for (const zone of zones) {
    for (const endpoint of zone.endpoints) {
      const named = endpoint.backend.servers.find(({ address }) => !isAddress(address));
      if (named) return `zones/${zone.id}/endpoints/${endpoint.id}/backend/servers/${siteId}/${named.name}`;
    }
  }
  return undefined;
}

function onPremNeeds(site: OnPremSitePlan): Need[] {
  const named = namedServer(site);
  const hardware = site.tiers.find(({ acceleration }) => acceleration === 'hardware');
  const protocols = named === undefined ? [] : (['UDP', 'TCP'] as const);
  return [
    ...protocols.map(
      (protocol): Need => ({
        flow: 'dns',
        direction: 'egress',
        port: { port: 53, protocol },
        reason: `the tier resolves the DNS name of ${named}`,
      }),
    ),
    ...(hardware
      ? [
          {
            flow: 'metrics',
            direction: 'ingress',
            port: { port: metricsPort, protocol: 'TCP' },
            reason: `the alert that the hardware tier of zone ${hardware.zone} runs in software depends on its metrics`,
          } as const,
        ]
      : []),
  ];
}

function allows(flow: Flow, { direction, port, service }: Need): boolean {
  const ofService = service === undefined || ('service' in flow && flow.service === service);
  return flow.direction === direction && ofService && flow.ports.some((other) => portName(other) === portName(port));
}

/** Problems of a site whose tiers contact something that no platform flow allows. */
export function checkPlatformNeeds(site: SitePlan): Problem[] {
  const flows: readonly Flow[] = site.platformFlows;
  const needs = site.kind === 'cloud' ? cloudNeeds(site) : onPremNeeds(site);
  // A default flow with wrong ports is reported by itself.
  const misused = new Set(flows.filter((flow) => deviation(flow.id, flow, site.kind)).map(({ id }) => id));
  const unmet = needs.filter((need) => !misused.has(need.flow) && !flows.some((flow) => allows(flow, need)));
  return [...new Set(unmet.map(({ flow }) => flow))].map((id) => {
    const missing = unmet.filter(({ flow }) => flow === id);
    const [{ direction, reason }] = missing as [Need];
    return siteProblem('EST112', `sites/${site.id}/platformFlows/${id}`, {
      wrong: `no platform flow allows ${direction} ${missing.map(({ port }) => portName(port)).join(' and ')}, and ${reason}`,
      rule: 'platform flows must allow what the tiers of the site contact',
      fix: `Remove ${id} from platformFlows, so that the default flow applies, or allow these connections in another flow.`,
    });
  });
}
