import type { ProfilePlan } from './plan-schema';

/**
 * A security policy of a network load balancer's own TLS listener, as its maker documents it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html
 */
interface ManagedPolicy {
  readonly name: string;
  readonly versions: ProfilePlan['versions'];
  readonly cipherSuites: ProfilePlan['cipherSuites'];
  readonly legacyCipherSuites: ProfilePlan['legacyCipherSuites'];
  /** Whether it offers hybrid groups beside the classical ones; it cannot offer them alone. */
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

/** The policies that a listener may be given: none older, none with CBC or without forward secrecy. */
export const managedPolicies: readonly ManagedPolicy[] = [
  ...policies('', { hybridGroups: false, fips: false }, '2021-06'),
  ...policies('-PQ', { hybridGroups: true, fips: false }, '2025-09'),
  ...policies('-FIPS', { hybridGroups: false, fips: true }, '2023-04'),
  ...policies('-FIPS-PQ', { hybridGroups: true, fips: true }, '2025-09'),
];

const includesAll = <T>(whole: readonly T[], part: readonly T[]): boolean => part.every((item) => whole.includes(item));

const isPostQuantum = (group: string): boolean => group.includes('MLKEM');

type Attribute = 'versions' | 'fipsProvider' | 'groups' | 'cipherSuites' | 'legacyCipherSuites';

/** Per attribute of a profile, whether a policy keeps it: it offers nothing that the profile excludes, and what the profile promises. */
const keeps: Readonly<Record<Attribute, (policy: ManagedPolicy, profile: ProfilePlan) => boolean>> = {
  versions: (policy, { versions }) => includesAll(versions, policy.versions) && includesAll(policy.versions, versions),
  fipsProvider: ({ fips }, { fipsProvider }) => fips === fipsProvider,
  groups: ({ hybridGroups }, { groups }) => hybridGroups === groups.some(isPostQuantum) && !groups.every(isPostQuantum),
  cipherSuites: (policy, { cipherSuites }) => includesAll(cipherSuites, policy.cipherSuites),
  legacyCipherSuites: (policy, { legacyCipherSuites }) => includesAll(legacyCipherSuites, policy.legacyCipherSuites),
};

/** What comes of a profile: the policy that keeps it, or the first attribute that none of the policies left keeps. */
export type ManagedChoice = { readonly policy: string } | { readonly unkept: Attribute };

/** The policy with which a network load balancer's own listener keeps a profile. */
export function chooseManagedPolicy(profile: ProfilePlan): ManagedChoice {
  let left = managedPolicies;
  for (const [attribute, kept] of Object.entries(keeps) as [Attribute, (typeof keeps)[Attribute]][]) {
    left = left.filter((policy) => kept(policy, profile));
    if (left.length === 0) return { unkept: attribute };
  }
  return { policy: (left[0] as ManagedPolicy).name };
}
