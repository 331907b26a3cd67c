import { join } from 'node:path';
import { plannedEndpoints } from '../../../bin/input/endpoints';
import type { Finding } from '../../../lib/core/finding';
import type { EstatePlan, SitePlan } from '../../../lib/estate/plan-schema';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import type { Outcome } from '../harness/command';
import { clientFolder } from './probe';
import type { MachineRoot } from './root';

/** The built code that judges endpoints. */
const program = join(process.cwd(), 'dist', 'lib', 'deployment', 'probe', 'handshakes.js');

/** File in a machine with its endpoints and their plan. */
const endpointsFile = '/stand-ins/endpoints.json';

/** Hybrid groups need OpenSSL 3.5; with an older version in Node they must be reported as untested. */
export const isHybridTried = Number.parseFloat(process.versions.openssl) >= 3.5;

/** The plan that a machine's endpoints are compared with. */
export interface JudgeProps {
  readonly plan: EstatePlan;
  readonly site: SitePlan;
  readonly tier: TierPlan;
  readonly endpoints: readonly EndpointPlan[];
}

/** Copies the judge into a machine and returns the command that runs it, because the endpoints are only reachable there. */
export function installJudge(root: MachineRoot, { plan, site, tier, endpoints }: JudgeProps): string {
  const ids = new Set(endpoints.map(({ id }) => id));
  const planned = plannedEndpoints(plan, [site.id]).filter(({ zone, endpoint }) => zone === tier.zone && ids.has(endpoint));
  root.write(endpointsFile, JSON.stringify(planned.map((endpoint) => ({ ...endpoint, address: '127.0.0.1' }))));
  const files = [process.execPath, join(__dirname, 'judge-inside.mjs'), program].map((file) => `/host${file}`);
  return [...files, endpointsFile, clientFolder].join(' ');
}

/** Results for the endpoints of a machine. */
export function judgements({ stdout }: Outcome): Finding[] {
  const [, text = '[]'] = /^judged: (.+)$/m.exec(stdout) ?? [];
  return JSON.parse(text) as Finding[];
}

/** Attributes in which an endpoint differs from its plan. */
export function drifted({ differences }: Finding): string[] {
  return differences.map(({ attribute }) => attribute);
}
