import type { Problem } from '../../core/problem';
import { domains } from '../domains';
import type { EstatePlan } from '../plan-schema';
import { siteProblem } from './codes';

/** A value of zeros, after the prefix that says what it is: `sha256:000...`, `tgw-000...`, `000000000000`. */
const zeros = /^(?:[a-z0-9]+[:-])?0{12,}$/;

/** Warns of values that `diptych init` writes for the user to replace. */
function placeholders({ haproxy, sites }: EstatePlan): Problem[] {
  const values = [
    ['haproxy/imageDigest', haproxy.imageDigest] as const,
    ...sites.flatMap((site) =>
      site.kind === 'cloud'
        ? [[`sites/${site.id}/account`, site.account] as const, [`sites/${site.id}/transitGateway`, site.transitGateway] as const]
        : [],
    ),
  ];
  return values.flatMap(([path, value]) =>
    value !== undefined && zeros.test(value)
      ? siteProblem('EST120', path, {
          wrong: 'the value is a placeholder',
          rule: 'an estate that is deployed must have the values of the firm',
          got: value,
          fix: `Set ${path} to your own value.`,
        })
      : [],
  );
}

/** Returns the warnings about a valid plan. */
export function warningsOf(plan: EstatePlan): Problem[] {
  return [...placeholders(plan), ...domains.flatMap((domain) => domain.warnings(plan, plan.sites as never))];
}
