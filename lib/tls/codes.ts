import { type CodeCatalogue, problemOf } from '../core/problem';

/** Problems of TLS profiles and termination tiers. */
export const tlsCodes = {
  TLS001: {
    title: 'Profile weaker than its base',
    explanation:
      'A profile of the firm is weaker than its base in a protocol version, cipher suite, group, signature algorithm, client authentication or resumption: it accepts something that the base excludes, lacks something that the base offers, or prefers something weaker. A change that is stronger in one respect and weaker in another counts as weaker. Diptych accepts a weaker profile only with a stated reason and end date.',
    fix: 'Add weaker to the profile, with a reason and the last day on which it applies, or restore the attributes of the base.',
  },
  TLS002: {
    title: 'Profile that contradicts itself',
    explanation:
      'No build can serve what the profile offers: TLS 1.2 without a cipher suite or group that TLS 1.2 supports, cipher suites of a version that the profile does not offer, or algorithms that NIST has not approved in a profile derived from fips.',
    fix: 'Offer only what the protocol versions of the profile can use.',
  },
  TLS003: {
    title: 'Permission to be weaker has expired',
    explanation:
      'A profile that is weaker than its base states the last day on which it may be. Check and synth compare that day with the date given by --at, by SOURCE_DATE_EPOCH, or else with today (UTC), and refuse the profile after it.',
    fix: 'Remove what makes the profile weaker, or state a later day and the reason for it.',
  },
  TLS010: {
    title: 'Profile that the declared build cannot honor',
    explanation:
      'The TLS library or the features of the declared HAProxy build lack something that the profile offers. Diptych never offers less than the profile says, so this is an error, and it names the release or feature that is required.',
    fix: 'Use an image whose library supports the profile and declare its version and features, or choose another profile.',
  },
  TLS011: {
    title: 'Hardware acceleration at a site without hardware',
    explanation: 'The zone sets acceleration to hardware, and one of its sites declares no acceleration hardware.',
    fix: 'Set acceleration to auto, or declare the hardware of the site.',
  },
  TLS012: {
    title: 'Latency budget that no instance can meet',
    explanation:
      'Even at the lowest load per instance, the stated percentile of handshakes takes longer than the budget in every way that the zone allows: in software, in hardware, or in both. npx diptych explain tier ZONE prints the calculation.',
    fix: 'Raise the budget to the nearest value that can be met, use a cheaper key algorithm or group, or calibrate the costs of the site.',
  },
  TLS013: {
    title: 'Hardware that the declared build cannot use',
    explanation:
      'OpenSSL hands work to an acceleration device through an engine (before OpenSSL 4.0) or a provider. The declared build has neither, or the profile leaves all cryptography to the FIPS provider.',
    fix: 'Use an image with the provider or engine and declare the feature, or set acceleration to auto.',
  },
  TLS014: {
    title: 'Too few acceleration devices',
    explanation:
      'A rolling update starts one surge instance before it stops an old one. If every device is in use, that instance waits forever. The devices of a failure domain must therefore suffice for its share of the instances and for the surge instance.',
    fix: 'Set acceleration to auto, or declare more nodes or devices.',
  },
  TLS015: {
    title: 'Too little memory for the sessions',
    explanation:
      'The open sessions of the zone, or a single idle instance, need more memory than any offered instance type has. An instance has room for every session of its site, because a balancer may send all clients to one instance, and for half as many again, because a client that reconnects leaves its old session open. A fifth of the memory of a machine is reserved for its operating system.',
    fix: 'Offer an instance type with more memory at the site, lower concurrentSessions, or calibrate the memory of a session.',
  },
  TLS016: {
    title: 'Certificate key that fits no signature algorithm of the profile',
    explanation:
      'A server signs every full handshake with the key of its certificate, by a signature algorithm of the profile. If none fits the key type, the certificate can never be served.',
    fix: 'Use a key algorithm that a signature algorithm of the profile fits.',
  },
  TLS017: {
    title: 'TLS 1.2 without a cipher suite for the certificates',
    explanation:
      'Cipher suites of TLS 1.2 name the key type of the certificate. The profile has no suite for any certificate of the endpoint.',
    fix: 'Add a certificate with a key type that the cipher suites name, or add cipher suites for the certificate.',
  },
  TLS018: {
    title: 'Instance type that cannot be sized',
    explanation:
      'Diptych sizes tiers by the processors and memory of the instance families c, m and r. Hardware tiers run on bare metal with acceleration devices, which Intel machines have from the 7th generation on.',
    fix: 'Use an instance type of the families c, m or r.',
  },
  TLS019: {
    title: 'Instance types of two architectures',
    explanation:
      'A site has one machine image, which boots on one processor architecture: Graviton types (c7g, m8gd, r7gn) are 64-bit Arm, all others x86.',
    fix: 'Use instance types of one architecture.',
  },
  TLS020: {
    title: 'Boot script larger than EC2 accepts',
    explanation:
      'A cloud instance boots from a script in its user data, which EC2 limits to 16,384 characters. The script names the files of every endpoint of the zone.',
    fix: 'Spread the endpoints over more zones, or shorten their ids.',
  },
  TLS021: {
    title: 'Fewer concurrent sessions than start in a second',
    explanation:
      'An endpoint refuses sessions above its concurrentSessions. If more sessions than that start within one second at the peak, clients that reconnect after an outage are refused although the tier has the processors to serve them.',
    fix: 'Raise concurrentSessions, or leave it out: it is then derived from the peak.',
  },
  TLS040: {
    title: 'No load balancer security policy matches the profile',
    explanation:
      "A managed endpoint uses the network load balancer's own TLS listener, which supports a fixed list of security policies. None of them offers the versions and groups of the profile without offering something that the profile excludes: AWS offers hybrid groups only beside classical ones, and single cipher suites cannot be removed.",
    fix: 'Remove managed, so that the tier terminates TLS, or choose a profile that a security policy matches: strict, compatible, hybrid-pq or fips.',
  },
  TLS050: {
    severity: 'warning',
    title: 'TLS library that is slow with many threads',
    explanation:
      'Threads of HAProxy wait for each other in OpenSSL 3.0 and 3.1. HAProxy reports that 3.0 is 2 to 20 times slower than other releases on systems with many processors. Sizing assumes that throughput grows with the number of threads.',
    fix: 'Use an image with OpenSSL 3.5 or AWS-LC and declare it, or calibrate the site with measurements of the declared build.',
  },
  TLS051: {
    severity: 'warning',
    title: 'Drain that the load balancer does not honor',
    explanation:
      'A pod that stops fails its health checks, so that it gets no new sessions. MetalLB then withdraws the address of the zone from a node without another ready pod, because the Services have the external traffic policy Local. Packets of open sessions no longer reach the node, although the instance would serve them for drainSeconds.',
    fix: 'Roll out and drain nodes at times without sessions, or use a load balancer that keeps open sessions at a stopping instance and declare loadBalancer: draining.',
  },
} satisfies CodeCatalogue;

/** Builds a problem of this domain. */
export const tlsProblem = problemOf(tlsCodes);
