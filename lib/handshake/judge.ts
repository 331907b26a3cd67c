import type { Difference, Finding } from '../core/finding';
import { handshake, type Offer, type Outcome } from './connect';
import { type ClientFiles, type LiveEndpoint, tlsVersions } from './endpoint';
import { canOffer, groups } from './groups';

/** TLS 1.3 cipher suites that every client library supports. */
const suites = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'] as const;

/** Offer to try, and whether the endpoint must accept it. */
interface Trial {
  readonly attribute: string;
  readonly offer: Offer;
  readonly isExpected: boolean;
}

/** Attribute that could not be checked, and the reason. */
interface Unknown {
  readonly attribute: string;
  readonly why: string;
}

/** Checks that a live endpoint accepts the TLS parameters of its plan and refuses all others. */
export async function judgeEndpoint(endpoint: LiveEndpoint, client: ClientFiles): Promise<Finding> {
  const about = { site: endpoint.site, type: 'Endpoint', resource: `${endpoint.zone}/${endpoint.endpoint}` };
  const differences: Difference[] = [];
  const unknown = notOffered(endpoint.expected.groups);
  const trials = trialsOf(endpoint, client);
  const outcomes = await Promise.all(trials.map(async (trial) => ({ trial, outcome: await handshake(endpoint, trial.offer, client) })));
  for (const { trial, outcome } of outcomes) {
    const accepted = wasAccepted(outcome, endpoint, trial);
    if (accepted === undefined) unknown.push({ attribute: trial.attribute, why: whyUnknown(outcome) });
    else if (refusesClient(outcome, trial))
      unknown.push({ attribute: 'clientCertificate', why: `the endpoint refuses the client certificate: ${codeOf(outcome)}` });
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
    unknown: [...new Set(unknown.map(({ attribute }) => attribute))],
    ...(unknown.length > 0 && { reason: [...new Set(unknown.map(({ why }) => why))].join('; ') }),
  };
}

/** Returns the planned groups that this client cannot try. */
function notOffered(planned: readonly string[]): Unknown[] {
  const missing = planned.filter((group) => !canOffer(group));
  const library = `OpenSSL ${process.versions.openssl} of this Node ${process.versions.node}`;
  const why = `${library} cannot offer ${missing.join(', ')}: run it with Node 24 or newer, whose OpenSSL is 3.5 or newer`;
  return missing.map((group) => ({ attribute: `groups[${group}]`, why }));
}

function whyUnknown(outcome: Outcome): string {
  return outcome.kind === 'unknown'
    ? outcome.code
    : 'the refusal may be due to the missing client certificate: name one with --certificate and --key';
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
  const offered = Object.entries(groups).filter(([group]) => canOffer(group));
  const named = offered.map(([group, name]): Trial => {
    return {
      attribute: `groups[${group}]`,
      offer: { version: newest, groups: name, identified },
      isExpected: expected.groups.includes(group),
    };
  });
  return [...versions, ...ciphers, ...legacy, ...named, unidentified(newest, expected.clientAuthentication)];
}

/** Returns the trial without a client certificate, which must fail if one is required. */
function unidentified(version: Offer['version'], authentication: 'none' | 'required'): Trial {
  return { attribute: 'clientAuthentication', offer: { version, identified: false }, isExpected: authentication === 'none' };
}

/** Alerts about a missing client certificate. The first one shows that the server accepted the rest of the offer. */
const certificateRequired = /CERTIFICATE_REQUIRED/;
const perhapsForCertificate = /ALERT_BAD_CERTIFICATE|ALERT_HANDSHAKE_FAILURE|^closed$|^ECONNRESET$/;

/** Alerts about the presented client certificate, sent after the server accepted the rest of the offer. */
const certificateRefused = /ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(?:REVOKED|EXPIRED|UNKNOWN))$/;

function refusesClient(outcome: Outcome, { offer }: Trial): boolean {
  return outcome.kind === 'refused' && offer.identified && certificateRefused.test(outcome.code);
}

/** Returns true if the offer was accepted; undefined if the refusal may be due to a missing client certificate. */
function wasAccepted(outcome: Outcome, { expected }: LiveEndpoint, trial: Trial): boolean | undefined {
  if (outcome.kind !== 'refused') return outcome.kind === 'accepted' ? true : undefined;
  if (refusesClient(outcome, trial)) return true;
  const { attribute, offer } = trial;
  const isAnonymous = expected.clientAuthentication === 'required' && !offer.identified;
  if (!isAnonymous || attribute === 'clientAuthentication') return false;
  if (certificateRequired.test(outcome.code)) return true;
  return perhapsForCertificate.test(outcome.code) ? undefined : false;
}

function codeOf(outcome: Outcome): string {
  return outcome.kind === 'accepted' ? 'accepted' : outcome.code;
}

function difference({ attribute, isExpected }: Trial, outcome: Outcome): Difference {
  return { attribute, from: isExpected ? 'accepted' : 'refused', to: codeOf(outcome) };
}
