import type { EndpointPlan } from '../../zones/plan-schema';
import type { ProfilePlan } from '../plan-schema';
import { applicationProtocols, keyExchangeKeywords, suiteKeywords } from './bind';
import { endpointFiles, endpointFolder } from './container';
import { mode } from './frontend';
import { keepAlive } from './keep-alive';
import { line, section, word } from './syntax';

/** Name of the resolvers in the capacity file: only names of servers are resolved, and again when they change. */
export const resolvers = 'system';

/** TLS to the servers: the same profile as towards the clients, and a server has to prove its name. */
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

function clientIdentity({ backend, clientAuthentication }: EndpointPlan): string {
  if (backend.clientIdentity === 'none') return '';
  return clientAuthentication === 'required' ? 'send-proxy-v2-ssl-cn' : 'send-proxy-v2';
}

/** The backend of an endpoint. Between sites only the names and addresses on its `server` lines may differ. */
export function backend(endpoint: EndpointPlan, profile: ProfilePlan): string {
  const { servers, port, clientIdentity: identity } = endpoint.backend;
  const isHttp = mode(endpoint) === 'http';
  // HAProxy ignores these two in `default-server`, without a word (3.0).
  const keyExchange = endpoint.backend.serverName === undefined ? [] : keyExchangeKeywords(profile);
  return section(`backend ${word(endpoint.id)} from common`, [
    `mode ${mode(endpoint)}`,
    `balance ${isHttp ? 'roundrobin' : 'leastconn'}`,
    ...(isHttp ? [] : keepAlive('srvtcpka', endpoint)),
    // The PROXY header names one client: its connection may serve nobody else.
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
