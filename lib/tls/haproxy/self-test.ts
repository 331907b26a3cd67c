import type { EndpointPlan, ZonePlan } from '../../zones/plan-schema';
import { servesLegacy } from '../key-algorithms';
import type { ProfilePlan, TierPlan } from '../plan-schema';
import { tierEndpoints } from '../tier-site';
import { keyExchangeKeywords, suiteKeywords } from './bind';
import { capacityFiles, capacityFolder, certificateFiles, endpointFolder, type KeyAlgorithm } from './container';
import { line, section, word } from './syntax';

/**
 * How an instance of a hardware tier proves its means before it serves by them: HAProxy shakes hands with itself.
 *
 * A provider or an engine may load, pass `haproxy -c` and then break every handshake, while health checks in clear text stay green.
 */

/** How long all of the handshakes of a proof may take, HAProxy's start included, in seconds. */
export const selfTestSeconds = 20;

/** Handshakes with one certificate of an endpoint: one a version of the protocol that can use it. */
interface Proof {
  readonly name: string;
  readonly certificate: string;
  readonly versions: readonly ProfilePlan['versions'][number][];
}

function proofOf(endpoint: EndpointPlan, algorithm: KeyAlgorithm, profile: ProfilePlan): Proof {
  const { certificate } = certificateFiles(endpoint, algorithm);
  return {
    name: `${word(endpoint.id)}.${word(algorithm)}`,
    certificate: `${endpointFolder(word(endpoint.id))}/${certificate}`,
    versions: profile.versions.filter((version) => version === 'TLSv1.3' || servesLegacy(algorithm, profile)).toSorted(),
  };
}

function proofsOf(zone: ZonePlan, { profile }: TierPlan): Proof[] {
  return tierEndpoints(zone).flatMap((endpoint) => endpoint.keyAlgorithms.map((algorithm) => proofOf(endpoint, algorithm, profile)));
}

/** An abstract socket takes no port and no file: a proof disturbs no instance that still drains. */
const address = (proof: Proof): string => `abns@diptych.proof.${proof.name}`;

function listener(proof: Proof, profile: ProfilePlan): string {
  return section(`frontend ${proof.name} from proof`, [
    line(`bind ${address(proof)} ssl crt ${proof.certificate}`, ...suiteKeywords(profile), ...keyExchangeKeywords(profile)),
    'http-request return status 200',
  ]);
}

function servers(proof: Proof, profile: ProfilePlan): string[] {
  return proof.versions.map((version) =>
    line(
      `server ${proof.name}.${version} ${address(proof)} ssl verify none check inter 1s fall 1 rise 1`,
      ...suiteKeywords({ ...profile, versions: [version] }),
      ...keyExchangeKeywords(profile),
    ),
  );
}

/** The `proof.cfg` of a hardware tier: every certificate answers in every version of the profile, data included, and a health check asks it to. */
export function renderSelfTest(zone: ZonePlan, tier: TierPlan): string {
  const { profile } = tier;
  const proofs = proofsOf(zone, tier);
  const timeouts = ['connect', 'client', 'server', 'http-request'].map((phase) => `timeout ${phase} 5s`);
  return [
    section('global', ['ssl-load-extra-del-ext', 'log stdout format raw daemon notice']),
    section('defaults proof', ['mode http', ...timeouts]),
    ...proofs.map((proof) => listener(proof, profile)),
    section('backend proof from proof', [
      'log global',
      'option log-health-checks',
      'option httpchk',
      ...proofs.flatMap((proof) => servers(proof, profile)),
    ]),
  ].join('\n');
}

/** The program that runs it inside the image: it succeeds once every handshake has, and fails with the first that does not. */
export function selfTestScript(zone: ZonePlan, tier: TierPlan): string {
  const handshakes = proofsOf(zone, tier).reduce((sum, { versions }) => sum + versions.length, 0);
  return `#!/bin/sh
set -u
cd ${capacityFolder} || exit
sh -c 'echo "$$"; exec timeout ${selfTestSeconds} haproxy -db -f ${capacityFiles.hardware} -f ${capacityFiles.proof}' | {
  read -r haproxy
  missing=${handshakes}
  while [ "$missing" -gt 0 ] && read -r line; do
    echo "$line"
    case "$line" in
      *' succeeded, '*) missing=$((missing - 1)) ;;
      *' failed, '*) break ;;
    esac
  done
  kill "$haproxy" 2>/dev/null
  [ "$missing" -eq 0 ]
}
`;
}
