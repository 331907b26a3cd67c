import type { CodeCatalogue } from '../core/problem';

/** What can be wrong with profiles and termination tiers. */
export const tlsCodes: CodeCatalogue = {
  TLS001: {
    title: 'Profile weaker than its base',
    explanation:
      "A firm's own profile lets something in that its base excludes, loses something that its base has, or prefers something weaker: in a version, a cipher suite, a group, a signature algorithm, client authentication or resumption. What is neither stronger nor weaker counts as weaker, since in part it is. That is allowed for a stated reason and until a stated day, never silently.",
    fix: 'Give the profile weaker with a reason and the day on which it ends, or leave the attributes as in the base.',
  },
  TLS002: {
    title: 'Profile that contradicts itself',
    explanation:
      'What the profile offers cannot work on any build: TLS 1.2 without a cipher suite or a group that it knows, cipher suites of a version that is not offered, or algorithms that NIST has not approved in a profile that is derived from fips.',
    fix: 'Offer what the versions of the profile can use, and leave the rest out.',
  },
  TLS003: {
    title: 'Profile weaker than its base past its day',
    explanation:
      'A profile that is weaker than its base says until when. After that day nothing new is made from it: check and synth judge it at the day that --at names, else at SOURCE_DATE_EPOCH, else today (UTC).',
    fix: 'Take back what makes the profile weaker, or state a later day and why.',
  },
  TLS010: {
    title: 'Profile that the declared build cannot honour',
    explanation:
      'The declared TLS library or the features of the build lack something that the profile promises. Diptych never offers less than the profile in silence, so this is an error that names what would be needed.',
    fix: 'Use an image whose library has it and declare its version and features, or choose another profile.',
  },
  TLS011: {
    title: 'Hardware asked of a site without any',
    explanation: 'The zone asks for acceleration hardware, and the site declares none.',
    fix: 'Let auto decide, or declare the hardware of the site.',
  },
  TLS012: {
    title: 'Latency budget that nothing on offer meets',
    explanation:
      'Even at the lowest load per instance, the stated share of handshakes takes longer than the budget in every way that the zone allows: software, hardware, or either. npx diptych explain tier ZONE shows every number.',
    fix: 'Allow the nearest budget that can be met, or use a cheaper key algorithm or group, or calibrate the costs of the site.',
  },
  TLS013: {
    title: 'Hardware that the declared build cannot drive',
    explanation:
      'Work reaches an acceleration device through an engine (OpenSSL before 4.0) or a provider. The declared build has neither, or the profile leaves all cryptography to the FIPS provider.',
    fix: 'Use an image with the provider or the engine and declare the feature, or let auto decide.',
  },
  TLS014: {
    title: 'Too few acceleration devices',
    explanation:
      'With every device taken and one surge instance to come, a rollout would wait for ever. So the devices of a failure domain must suffice for its share of the instances and for the surge instance.',
    fix: 'Let auto decide, or declare more nodes or devices.',
  },
  TLS015: {
    title: 'Too little memory for the sessions',
    explanation:
      'Every instance type on offer is too small for the open sessions of the zone, or for an instance without any, however many instances there are. A fifth of the memory of a machine is left to its system.',
    fix: 'Offer an instance type with more memory at the site, or calibrate the memory of a session.',
  },
  TLS016: {
    title: 'Certificate key that the profile does not sign with',
    explanation:
      'A server signs each full handshake with the key of its certificate, by a signature algorithm of the profile. Without one for its key type the certificate would never be served.',
    fix: 'Use a key algorithm that the profile signs with.',
  },
  TLS017: {
    title: 'TLS 1.2 without a suite for the certificates',
    explanation: 'Suites of TLS 1.2 name the key type of the certificate: the profile has none for any certificate of the endpoint.',
    fix: 'Add a certificate of the key type that the suites of the profile name, or suites for the certificate.',
  },
  TLS018: {
    title: 'Instance type that cannot be sized',
    explanation:
      'Tiers are sized by processors and memory of the families c, m and r; a type for hardware tiers is bare metal with devices, which Intel machines have from the 7th generation on.',
    fix: 'Name a known instance type.',
  },
  TLS019: {
    title: 'Instance types of two architectures',
    explanation:
      'A site has one machine image, which boots on one processor architecture: Graviton types (c7g, m8gd, r7gn) are 64-bit Arm, all others x86.',
    fix: 'Name instance types of one architecture only.',
  },
  TLS020: {
    title: 'Boot script larger than EC2 takes',
    explanation:
      'An instance in the cloud boots by a script of at most 16,384 characters, which names the files of every endpoint of its zone.',
    fix: 'Spread the endpoints over more zones, or shorten their ids.',
  },
  TLS040: {
    title: "No security policy of a balancer's own listener keeps the profile",
    explanation:
      "A managed endpoint is served by the network load balancer's own TLS listener, which knows a fixed list of security policies. None of them offers the profile's versions and groups without offering something that the profile excludes: hybrid groups are only offered beside classical ones, and single suites cannot be taken away.",
    fix: 'Take managed away, so that the tier ends TLS, or choose a profile that a security policy keeps: strict, compatible, hybrid-pq or fips.',
  },
};
