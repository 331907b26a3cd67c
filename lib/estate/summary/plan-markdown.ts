import { list, section } from '../../core/markdown';
import { domains } from '../domains';
import type { EstatePlan } from '../plan-schema';
import { overview } from './overview';
import { siteMarkdown } from './site-markdown';

/** Renders `plan.md`, with one fact per line in a fixed order, so that changes are easy to review. */
export function planMarkdown(plan: EstatePlan): string {
  const { haproxy, sites } = plan;
  const { name, version } = haproxy.tlsLibrary;
  return [
    section(
      1,
      `Plan of ${plan.estate}`,
      list(
        [
          `plan: ${plan.version}`,
          `HAProxy ${haproxy.version} with ${name} ${version}, image ${haproxy.imageDigest}`,
          `features of the build: ${haproxy.features.join(', ') || 'none'}`,
        ],
        '',
      ),
    ),
    overview(plan),
    ...domains.flatMap((domain) => domain.sections(plan)),
    ...sites.map((site) => siteMarkdown(plan, site)),
  ].join('\n');
}
