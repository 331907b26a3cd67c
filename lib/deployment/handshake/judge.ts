import type { Difference, Finding } from '../probe/finding';
import { handshake, type Offer, type Outcome } from './connect';
import { type ClientFiles, type LiveEndpoint, tlsVersions } from './endpoint';

/** Cipher suites of TLS 1.3 that any client library has. */
const suites = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'] as const;

/** Groups by the names of our profiles, as the library of this client names them. */
const groups: Readonly<Record<string, string>> = { X25519: 'X25519', 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

/** One thing that is tried: an offer, and whether it has to be accepted. */
interface Trial {
  readonly attribute: string;
  readonly offer: Offer;
  readonly isExpected: boolean;
}

/** Holds a live endpoint to its plan: what it must accept it accepts, and what it must refuse it refuses. */
export async function judgeEndpoint(endpoint: LiveEndpoint, client: ClientFiles): Promise<Finding> {
  const about = { site: endpoint.site, type: 'Endpoint', resource: `${endpoint.zone}/${endpoint.endpoint}` };
  const differences: Difference[] = [];
  const unknown = endpoint.expected.groups.filter((group) => !(group in groups)).map((group) => `groups[${group}]`);
  const trials = trialsOf(endpoint, client);
  const outcomes = await Promise.all(trials.map(async (trial) => ({ trial, outcome: await handshake(endpoint, trial.offer, client) })));
  for (const { trial, outcome } of outcomes) {
    const accepted = wasAccepted(outcome, endpoint, trial);
    if (accepted === undefined) unknown.push(trial.attribute);
    else if (accepted !== trial.isExpected) differences.push(difference(trial, outcome));
    if (accepted && outcome.kind === 'accepted' && !outcome.authorized) {
      differences.push({ attribute: 'chain', from: 'trusted', to: outcome.authorizationError });
    }
  }
  const distinct = [...new Map(differences.map((one) => [one.attribute, one])).values()];
  return {
    ...about,
    verdict: distinct.length > 0 ? 'drifted' : unknown.length > 0 ? 'unknown' : 'as-planned',
    differences: distinct,
    unknown,
  };
}

function trialsOf({ expected }: LiveEndpoint, { certificate }: ClientFiles): Trial[] {
  const identified = certificate !== undefined;
  const newest = tlsVersions.filter((version) => expected.versions.includes(version)).at(-1) ?? 'TLSv1.3';
  const versions = tlsVersions.map((version): Trial => {
    return { attribute: `versions[${version}]`, offer: { version, identified }, isExpected: expected.versions.includes(version) };
  });
  const ciphers = suites.map((suite): Trial => {
    const isExpected = expected.versions.includes('TLSv1.3') && expected.cipherSuites.includes(suite);
    return { attribute: `cipherSuites[${suite}]`, offer: { version: 'TLSv1.3', ciphers: suite, identified }, isExpected };
  });
  const others = expected.legacyCipherSuites.map((suite) => `!${suite}`).join(':');
  const legacy: Trial[] = expected.versions.includes('TLSv1.2')
    ? [{ attribute: 'legacyCipherSuites[others]', offer: { version: 'TLSv1.2', ciphers: `ALL:${others}`, identified }, isExpected: false }]
    : [];
  const named = Object.entries(groups).map(([group, name]): Trial => {
    return {
      attribute: `groups[${group}]`,
      offer: { version: newest, groups: name, identified },
      isExpected: expected.groups.includes(group),
    };
  });
  return [...versions, ...ciphers, ...legacy, ...named, unidentified(newest, expected.clientAuthentication)];
}

/** Without a certificate nobody may come in where one is required. */
function unidentified(version: Offer['version'], authentication: 'none' | 'required'): Trial {
  return { attribute: 'clientAuthentication', offer: { version, identified: false }, isExpected: authentication === 'none' };
}

/** Alerts by which a server asks for the certificate that it was not shown; the first says that all the rest was accepted. */
const certificateRequired = /CERTIFICATE_REQUIRED/;
const perhapsForCertificate = /ALERT_BAD_CERTIFICATE|ALERT_HANDSHAKE_FAILURE|^closed$|^ECONNRESET$/;

/** Whether what was offered was accepted; `undefined` where a refusal may be for the certificate that we have not. */
function wasAccepted(outcome: Outcome, { expected }: LiveEndpoint, { attribute, offer }: Trial): boolean | undefined {
  if (outcome.kind !== 'refused') return outcome.kind === 'accepted' ? true : undefined;
  const isAnonymous = expected.clientAuthentication === 'required' && !offer.identified;
  if (!isAnonymous || attribute === 'clientAuthentication') return false;
  if (certificateRequired.test(outcome.code)) return true;
  return perhapsForCertificate.test(outcome.code) ? undefined : false;
}

function difference({ attribute, isExpected }: Trial, outcome: Outcome): Difference {
  return { attribute, from: isExpected ? 'accepted' : 'refused', to: outcome.kind === 'accepted' ? 'accepted' : outcome.code };
}
