import { section, table } from '../../core/markdown';
import type { EndpointPlan } from '../../zones/plan-schema';
import { admittedSessions } from '../connections';
import type { PlannedSite } from '../planned-site';

type LoadAttribute = NonNullable<EndpointPlan['assumed']>[number];

function addressLimit({ perExternalAddress }: EndpointPlan): string {
  if (!perExternalAddress) return 'no external';
  const { concurrentSessions, newSessionsPerSecond } = perExternalAddress;
  return `${admittedSessions(concurrentSessions)} sessions, ${newSessionsPerSecond} new per second`;
}

function row(zone: string, endpoint: EndpointPlan): string[] {
  const { latencyBudget, concurrentSessions, managedCertificate } = endpoint;
  const mark = (attribute: LoadAttribute, text: string | number) =>
    endpoint.assumed?.includes(attribute) ? `${text} (assumed)` : String(text);
  const byTier = managedCertificate === undefined;
  return [
    `${zone}/${endpoint.id}`,
    mark('peakNewSessionsPerSecond', endpoint.peakNewSessionsPerSecond),
    mark('resumptionRatio', endpoint.resumptionRatio),
    mark('concurrentSessions', concurrentSessions),
    mark('latencyBudget', `${latencyBudget.microseconds} at ${latencyBudget.percentile}`),
    byTier ? String(admittedSessions(concurrentSessions)) : 'by the balancer',
    byTier ? addressLimit(endpoint) : 'by the balancer',
  ];
}

/** The section on the load that endpoints are planned for, which marks what the description leaves out, and the limits that follow from it. */
export function loadSection({ zones }: PlannedSite): string {
  const rows = zones.flatMap(({ id, endpoints }) => endpoints.map((endpoint) => row(id, endpoint)));
  const header = [
    'Endpoint',
    'New sessions per second',
    'Resumed',
    'Concurrent sessions',
    'Latency budget (us)',
    'Admitted by an instance',
    'Admitted from an external address',
  ];
  return section(3, 'Load of the endpoints', table(header, rows, 'No endpoint.'));
}
