import { sortedEntries } from '../../core/order';
import { healthPort, metricsPort } from '../../core/ports';
import type { Problem } from '../../core/problem';
import { type CloudPlatformFlowSpec, cloudDefaultFlows, onPremDefaultFlows, type PlatformFlowSpec } from '../platform-flow-spec';
import type { SiteSpec } from '../spec';
import { siteProblem } from './codes';

/** Checks of each platform flow: its peer, and the ports that the peer or the tier serves. */

type Flow = PlatformFlowSpec | CloudPlatformFlowSpec;
type Port = Flow['ports'][number];

function peersOf(flow: Flow): string[] {
  const named = flow as { namespace?: string; service?: string; cidrs?: readonly string[]; podLabels?: object };
  return [named.namespace && 'namespace', named.service && 'service', named.cidrs && 'cidrs'].filter((peer) => peer !== undefined);
}

function onePeer(path: string, flow: Flow, choice: string): Problem[] {
  const peers = peersOf(flow);
  const labelsOnly = 'podLabels' in flow && flow.podLabels !== undefined && !peers.includes('namespace');
  const fromService = flow.direction === 'ingress' && peers.includes('service');
  if (peers.length === 1 && !labelsOnly && !fromService) return [];
  if (fromService && peers.length === 1) {
    return [
      siteProblem('EST103', path, {
        wrong: 'the source of an ingress flow is an AWS service, and AWS services do not connect to tiers',
        rule: 'an ingress flow must have cidrs as its peer',
        fix: 'Write cidrs instead of service.',
      }),
    ];
  }
  const wrong =
    peers.length === 0
      ? 'the flow has no peer'
      : peers.length > 1
        ? `the flow has ${peers.join(' and ')}`
        : 'the flow has podLabels without a namespace';
  return [
    siteProblem('EST103', path, { wrong, rule: `a platform flow must have exactly one peer: ${choice}`, fix: `Write either ${choice}.` }),
  ];
}

function servedPorts(path: string, { direction, ports }: Flow, hasExporter: boolean): Problem[] {
  if (direction === 'egress') return [];
  return ports.flatMap(({ port, protocol }, index): Problem[] => {
    const at = `${path}/ports/${index}`;
    if (protocol !== 'TCP' || (port !== healthPort && port !== metricsPort)) {
      return [
        siteProblem('EST105', at, {
          wrong: `tiers do not accept connections of the platform on ${protocol} ${port}`,
          rule: `the port must be TCP ${healthPort} for health checks or TCP ${metricsPort} for metrics`,
          fix: `Write port: ${metricsPort}, or declare an endpoint for other traffic.`,
        }),
      ];
    }
    if (port !== metricsPort || hasExporter) return [];
    return [
      siteProblem('EST106', at, {
        wrong: `the declared build of HAProxy serves no metrics on port ${port}`,
        rule: 'a build with a flow for metrics must have the feature prometheus-exporter',
        fix: `Add prometheus-exporter to haproxy/features, or write ${path.slice(path.lastIndexOf('/') + 1)}: null under platformFlows.`,
      }),
    ];
  });
}

/** Ports of the interface endpoints and of S3, which serve HTTPS only. */
const servicePorts: readonly Port[] = [{ port: 443, protocol: 'TCP' }];

export const portName = ({ port, protocol }: Port): string => `${protocol} ${port}`;

/** Default flows of a site, keyed by id. */
export function defaultFlowsOf(kind: SiteSpec['kind']): Readonly<Record<string, Flow>> {
  return kind === 'cloud' ? cloudDefaultFlows : onPremDefaultFlows;
}

/** Direction and ports that a flow must have, because its id or its peer determines them; undefined for other flows. */
function purposeOf(id: string, flow: Flow, kind: SiteSpec['kind']): { direction: Flow['direction']; ports: readonly Port[] } | undefined {
  const standard = defaultFlowsOf(kind)[id];
  if (standard) return standard;
  return 'service' in flow && flow.service !== undefined ? { direction: 'egress', ports: servicePorts } : undefined;
}

/** What a flow has besides or instead of what its purpose needs. */
export function deviation(id: string, flow: Flow, kind: SiteSpec['kind']): { wrong: string; rule: string } | undefined {
  const purpose = purposeOf(id, flow, kind);
  if (!purpose) return undefined;
  const [wanted, given] = [purpose.ports.map(portName), flow.ports.map(portName)];
  const missing = wanted.filter((name) => !given.includes(name));
  const excess = given.filter((name) => !wanted.includes(name));
  const wrong = [
    flow.direction !== purpose.direction && `its direction is ${flow.direction}`,
    missing.length > 0 && `it does not allow ${missing.join(', ')}`,
    excess.length > 0 && `it allows ${excess.join(', ')}, which nothing uses`,
  ].filter((clause) => clause !== false);
  if (wrong.length === 0) return undefined;
  return {
    wrong: `the flow does not match its purpose: ${wrong.join(', and ')}`,
    rule: `the flow must have direction ${purpose.direction} and exactly the ports ${wanted.join(', ')}`,
  };
}

function matchingPurpose(path: string, id: string, flow: Flow, kind: SiteSpec['kind']): Problem[] {
  const found = deviation(id, flow, kind);
  const fix = 'Correct the flow, and declare other traffic in a flow with another id.';
  return found ? [siteProblem('EST113', path, { ...found, fix })] : [];
}

/** Checks the platform flows of a site. */
export function checkPlatformFlows(siteId: string, site: SiteSpec, hasExporter: boolean): Problem[] {
  const choice = site.kind === 'cloud' ? 'service or cidrs' : 'namespace or cidrs';
  return sortedEntries<Flow>(site.platformFlows).flatMap(([id, flow]) => {
    const path = `sites/${siteId}/platformFlows/${id}`;
    const misdirected = onePeer(path, flow, choice);
    const unfit = misdirected.length > 0 ? [] : matchingPurpose(path, id, flow, site.kind);
    return [...misdirected, ...unfit, ...(unfit.length > 0 ? [] : servedPorts(path, flow, hasExporter))];
  });
}
