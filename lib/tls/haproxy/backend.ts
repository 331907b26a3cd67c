import type { EndpointPlan } from '../../zones/plan-schema';
import type { ProfilePlan } from '../plan-schema';
import { applicationProtocols, keyExchangeKeywords, suiteKeywords } from './bind';
import { endpointFiles, endpointFolder } from './container';
import { mode } from './frontend';
import { keepAlive } from './keep-alive';
import { line, section, word } from './syntax';

/** Name of the `resolvers` section in the capacity file, which keeps the addresses of named servers up to date. */
export const resolvers = 'system';

/** Keywords for TLS to the servers: the same profile as towards clients, with verification of the server name. */
function encryption(endpoint: EndpointPlan, profile: ProfilePlan): string[] {
  const { serverName } = endpoint.backend;
  const protocols = applicationProtocols[endpoint.protocol];
  if (serverName === undefined) return endpoint.protocol === 'grpc' ? ['proto h2'] : [];
  const name = word(serverName);
  return [
    'ssl verify required',
    `ca-file ${endpointFolder(word(endpoint.id))}/${endpointFiles.backendAuthority}`,
    `sni str(${name})`,
    `check-sni ${name}`,
    `verifyhost ${name}`,
    ...suiteKeywords(profile),
    protocols.length > 0 ? `alpn ${protocols.join(',')}` : '',
  ];
}

/** Keyword that passes the client's address, and its certificate name under mutual TLS, to servers (PROXY protocol v2). */
function clientIdentity({ backend, clientAuthentication }: EndpointPlan): string {
  if (backend.clientIdentity === 'none') return '';
  return clientAuthentication === 'required' ? 'send-proxy-v2-ssl-cn' : 'send-proxy-v2';
}

/** Renders the `backend` section of an endpoint. Between sites, only the names and addresses on `server` lines may differ. */
export function backend(endpoint: EndpointPlan, profile: ProfilePlan): string {
  const { servers, port, clientIdentity: identity } = endpoint.backend;
  const isHttp = mode(endpoint) === 'http';
  // HAProxy 3.0 silently ignores `curves` and `sigalgs` in `default-server`.
  const keyExchange = endpoint.backend.serverName === undefined ? [] : keyExchangeKeywords(profile);
  return section(`backend ${word(endpoint.id)} from common`, [
    `mode ${mode(endpoint)}`,
    `balance ${isHttp ? 'roundrobin' : 'leastconn'}`,
    ...(isHttp ? [] : keepAlive('srvtcpka', endpoint)),
    // The PROXY header names one client, so the connection must not be reused for another.
    isHttp && identity === 'proxy-v2' && 'http-reuse never',
    `timeout server ${word(endpoint.idleTimeoutSeconds)}s`,
    line(
      'default-server',
      ...encryption(endpoint, profile),
      clientIdentity(endpoint),
      `check inter 2s fall 3 rise 2 resolvers ${resolvers} resolve-prefer ipv4 init-addr libc,none`,
    ),
    ...servers.map(({ name, address }) => line(`server ${word(name)} ${word(address)}:${word(port)}`, ...keyExchange)),
  ]);
}
