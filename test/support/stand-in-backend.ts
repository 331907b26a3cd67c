import type { EndpointPlan } from '../../lib/zones/plan-schema';

/** TLS keywords that accept everything that a tier may offer, so that the tier decides what is negotiated. */
const permissive =
  'ssl-min-ver TLSv1.2 ciphers ALL curves X25519MLKEM768:SecP256r1MLKEM768:SecP384r1MLKEM1024:MLKEM1024:X25519:P-256:P-384:P-521 alpn h2,http/1.1';

/** Response of a server, which describes the connection from the tier. */
const answer = [
  'served-by=%[var(txn.name)]',
  'version=%[ssl_fc_protocol]',
  'cipherSuite=%[ssl_fc_cipher]',
  'group=%[ssl_fc_curve]',
  'sni=%[ssl_fc_sni]',
  'http=%[req.ver]',
  'client=%[src]',
  // The TLS part of the PROXY header: flags, verification result, then the parts, the common name among them.
  'identity=%[fc_pp_tlv(0x20),hex]',
  'host=%[req.fhdr(host)]',
  'headers=%[req.hdr_names(:)]',
  'end',
].join(';');

/** Behavior of a stand-in server: correct, or with one defect. */
export const conducts = ['genuine', 'untrusted', 'misnamed', 'outdated', 'unapproved'] as const;
export type Conduct = (typeof conducts)[number];

export interface StandIn {
  readonly endpoint: EndpointPlan;
  readonly conduct: Conduct;
  readonly port: number;
  /** Certificate of the server, with its key beside it. */
  readonly certificate: string;
}

/** Additional TLS keywords of each behavior; only a genuine server requires its own SNI. */
const conductKeywords: Readonly<Record<Conduct, string>> = {
  genuine: 'strict-sni',
  untrusted: '',
  misnamed: '',
  outdated: 'ssl-max-ver TLSv1.2',
  unapproved: '',
};

function frontend({ endpoint, conduct, port, certificate }: StandIn): string[] {
  const { serverName, clientIdentity } = endpoint.backend;
  const plain = endpoint.protocol === 'grpc' ? 'proto h2' : '';
  const tls = serverName === undefined ? plain : `ssl crt ${certificate} ${permissive} ${conductKeywords[conduct]}`;
  return [
    `frontend ${endpoint.id}.${conduct}`,
    `    bind 127.0.0.1:${port} ${clientIdentity === 'proxy-v2' ? 'accept-proxy' : ''} ${tls}`,
    `    http-request set-var(txn.name) str(${endpoint.id})`,
    `    http-request return status 200 content-type text/plain lf-string "${answer}"`,
  ];
}

/** Renders the configuration of an HAProxy that replaces the servers behind a tier. */
export function backendConfiguration(standIns: readonly StandIn[]): string {
  const defaults = ['defaults', '    mode http', '    timeout client 30s', '    timeout server 30s', '    timeout connect 5s'];
  return ['global', '    ssl-load-extra-del-ext', ...defaults, ...standIns.flatMap(frontend), ''].join('\n');
}
