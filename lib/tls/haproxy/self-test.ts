import type { EndpointPlan, ZonePlan } from '../../zones/plan-schema';
import { servesLegacy } from '../key-algorithms';
import type { ProfilePlan, TierPlan } from '../plan-schema';
import { tierEndpoints } from '../tier-site';
import { keyExchangeKeywords, suiteKeywords } from './bind';
import { capacityFiles, capacityFolder, certificateFiles, endpointFolder, type KeyAlgorithm } from './container';
import { line, section, word } from './syntax';

/** Timeout of the self-test including the start of HAProxy, in seconds. */
export const selfTestSeconds = 20;

/** Test handshakes with one certificate of an endpoint: one for each protocol version that can use it. */
interface CertificateTest {
  readonly name: string;
  readonly certificate: string;
  readonly versions: readonly ProfilePlan['versions'][number][];
}

function testOf(endpoint: EndpointPlan, algorithm: KeyAlgorithm, profile: ProfilePlan): CertificateTest {
  const { certificate } = certificateFiles(endpoint, algorithm);
  return {
    name: `${word(endpoint.id)}.${word(algorithm)}`,
    certificate: `${endpointFolder(word(endpoint.id))}/${certificate}`,
    versions: profile.versions.filter((version) => version === 'TLSv1.3' || servesLegacy(algorithm, profile)).toSorted(),
  };
}

function testsOf(zone: ZonePlan, { profile }: TierPlan): CertificateTest[] {
  return tierEndpoints(zone).flatMap((endpoint) => endpoint.keyAlgorithms.map((algorithm) => testOf(endpoint, algorithm, profile)));
}

/** Abstract socket of a test. It uses no port and no file, so the self-test does not disturb an instance that still drains. */
const address = (test: CertificateTest): string => `abns@diptych.proof.${test.name}`;

function listener(test: CertificateTest, profile: ProfilePlan): string {
  return section(`frontend ${test.name} from proof`, [
    line(`bind ${address(test)} ssl crt ${test.certificate}`, ...suiteKeywords(profile), ...keyExchangeKeywords(profile)),
    'http-request return status 200',
  ]);
}

function servers(test: CertificateTest, profile: ProfilePlan): string[] {
  return test.versions.map((version) =>
    line(
      `server ${test.name}.${version} ${address(test)} ssl verify none check inter 1s fall 1 rise 1`,
      ...suiteKeywords({ ...profile, versions: [version] }),
      ...keyExchangeKeywords(profile),
    ),
  );
}

/**
 * Renders the self-test of a hardware tier: HAProxy connects to itself by health checks, with every certificate in every version.
 *
 * A provider or engine may load and pass `haproxy -c`, and then break every handshake while plain-text health checks still succeed.
 */
export function renderSelfTest(zone: ZonePlan, tier: TierPlan): string {
  const { profile } = tier;
  const tests = testsOf(zone, tier);
  const timeouts = ['connect', 'client', 'server', 'http-request'].map((phase) => `timeout ${phase} 5s`);
  return [
    section('global', ['ssl-load-extra-del-ext', 'log stdout format raw daemon notice']),
    section('defaults proof', ['mode http', ...timeouts]),
    ...tests.map((test) => listener(test, profile)),
    section('backend proof from proof', [
      'log global',
      'option log-health-checks',
      'option httpchk',
      ...tests.flatMap((test) => servers(test, profile)),
    ]),
  ].join('\n');
}

/** Shell script that runs the self-test in the container: it succeeds once every handshake has succeeded, and fails with the first that fails. */
export function selfTestScript(zone: ZonePlan, tier: TierPlan): string {
  const handshakes = testsOf(zone, tier).reduce((sum, { versions }) => sum + versions.length, 0);
  return `#!/bin/sh
set -u
cd ${capacityFolder} || exit
sh -c 'echo "$$"; exec timeout ${selfTestSeconds} haproxy -db -f ${capacityFiles.hardware} -f ${capacityFiles.selfTest}' | {
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
