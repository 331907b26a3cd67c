import type { ProfilePlan } from './plan-schema';

/**
 * A security policy of a network load balancer's TLS listener, as AWS documents it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
interface ManagedPolicy {
  readonly name: string;
  readonly versions: ProfilePlan['versions'];
  readonly cipherSuites: ProfilePlan['cipherSuites'];
  readonly legacyCipherSuites: ProfilePlan['legacyCipherSuites'];
  /** True if it offers hybrid post-quantum groups beside the classical ones; no policy offers them alone. */
  readonly hybridGroups: boolean;
  readonly fips: boolean;
}

const allSuites: ProfilePlan['cipherSuites'] = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];
const validatedSuites: ProfilePlan['cipherSuites'] = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'];
const restrictedSuites: ProfilePlan['legacyCipherSuites'] = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
];

function policies(name: string, traits: Pick<ManagedPolicy, 'hybridGroups' | 'fips'>, release: string): ManagedPolicy[] {
  const common = { ...traits, cipherSuites: traits.fips ? validatedSuites : allSuites };
  return [
    { ...common, name: `ELBSecurityPolicy-TLS13-1-3${name}-${release}`, versions: ['TLSv1.3'], legacyCipherSuites: [] },
    {
      ...common,
      name: `ELBSecurityPolicy-TLS13-1-2-Res${name}-${release}`,
      versions: ['TLSv1.2', 'TLSv1.3'],
      legacyCipherSuites: restrictedSuites,
    },
  ];
}

/** The policies that Diptych uses: those without CBC cipher suites and with forward secrecy. */
export const managedPolicies: readonly ManagedPolicy[] = [
  ...policies('', { hybridGroups: false, fips: false }, '2021-06'),
  ...policies('-PQ', { hybridGroups: true, fips: false }, '2025-09'),
  ...policies('-FIPS', { hybridGroups: false, fips: true }, '2023-04'),
  ...policies('-FIPS-PQ', { hybridGroups: true, fips: true }, '2025-09'),
];

const includesAll = <T>(whole: readonly T[], part: readonly T[]): boolean => part.every((item) => whole.includes(item));

const isPostQuantum = (group: string): boolean => group.includes('MLKEM');

/** Attributes of a profile that a policy must match, in the order in which they narrow the choice. */
export type ManagedAttribute = 'versions' | 'fipsProvider' | 'groups' | 'cipherSuites' | 'legacyCipherSuites';

/** For each attribute, true if a policy offers what the profile requires and nothing that the profile excludes. */
const matches: Readonly<Record<ManagedAttribute, (policy: ManagedPolicy, profile: ProfilePlan) => boolean>> = {
  versions: (policy, { versions }) => includesAll(versions, policy.versions) && includesAll(policy.versions, versions),
  fipsProvider: ({ fips }, { fipsProvider }) => fips === fipsProvider,
  groups: ({ hybridGroups }, { groups }) => hybridGroups === groups.some(isPostQuantum) && !groups.every(isPostQuantum),
  cipherSuites: (policy, { cipherSuites }) => includesAll(cipherSuites, policy.cipherSuites),
  legacyCipherSuites: (policy, { legacyCipherSuites }) => includesAll(legacyCipherSuites, policy.legacyCipherSuites),
};

/** The name of the policy that matches a profile, or the first attribute that rules out the remaining policies. */
export type ManagedChoice = { readonly policy: string } | { readonly unmatched: ManagedAttribute };

/**
 * Chooses the security policy that lets a network load balancer's TLS listener honor a profile.
 *
 * @example
 * import { presets } from './profiles';
 *
 * chooseManagedPolicy(presets.strict); // { policy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' }
 * chooseManagedPolicy(presets.cnsa2); // { unmatched: 'groups' }
 */
export function chooseManagedPolicy(profile: ProfilePlan): ManagedChoice {
  let left = managedPolicies;
  for (const [attribute, isMatch] of Object.entries(matches) as [ManagedAttribute, (typeof matches)[ManagedAttribute]][]) {
    left = left.filter((policy) => isMatch(policy, profile));
    if (left.length === 0) return { unmatched: attribute };
  }
  return { policy: (left[0] as ManagedPolicy).name };
}
