import { join } from 'node:path';
import { plannedEndpoints } from '../../../bin/input/endpoints';
import type { Finding } from '../../../lib/core/finding';
import type { EstatePlan, SitePlan } from '../../../lib/estate/plan-schema';
import type { TierPlan } from '../../../lib/tls/plan-schema';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import type { Outcome } from '../harness/command';
import { clientFolder } from './probe';
import type { MachineRoot } from './root';

/** What the command line judges endpoints with, as it was built. */
const program = join(process.cwd(), 'dist', 'lib', 'deployment', 'handshake', 'handshakes.js');

/** File inside a machine that names its endpoints and what the plan says of them. */
const endpointsFile = '/stand-ins/endpoints.json';

/** Hybrid groups came with OpenSSL 3.5; with an older one in Node they cannot be tried, which has to be said. */
export const isHybridTried = Number.parseFloat(process.versions.openssl) >= 3.5;

/** What a machine's endpoints are held to their plan by. */
export interface JudgeProps {
  readonly plan: EstatePlan;
  readonly site: SitePlan;
  readonly tier: TierPlan;
  readonly endpoints: readonly EndpointPlan[];
}

/** Puts the product's own judge into a machine, and returns the command that runs it there: no other network reaches its endpoints. */
export function installJudge(root: MachineRoot, { plan, site, tier, endpoints }: JudgeProps): string {
  const ids = new Set(endpoints.map(({ id }) => id));
  const planned = plannedEndpoints(plan, [site.id]).filter(({ zone, endpoint }) => zone === tier.zone && ids.has(endpoint));
  root.write(endpointsFile, JSON.stringify(planned.map((endpoint) => ({ ...endpoint, address: '127.0.0.1' }))));
  const files = [process.execPath, join(__dirname, 'judge-inside.mjs'), program].map((file) => `/host${file}`);
  return [...files, endpointsFile, clientFolder].join(' ');
}

/** What the judge found of a machine's endpoints. */
export function judgements({ stdout }: Outcome): Finding[] {
  const [, text = '[]'] = /^judged: (.+)$/m.exec(stdout) ?? [];
  return JSON.parse(text) as Finding[];
}

/** Attributes in which an endpoint is said to differ from its plan. */
export function drifted({ differences }: Finding): string[] {
  return differences.map(({ attribute }) => attribute);
}
