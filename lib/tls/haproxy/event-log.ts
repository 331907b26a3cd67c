import { environment } from './container';
import { word } from './syntax';

/** Longest line of the event log, in bytes: every field at its limit and wholly escaped still fits. */
const longestEventBytes = 16_384;

/** Longest server name that is logged, in bytes (RFC 1035, 2.3.4). */
const longestServerName = 255;

/** Longest subject that is logged, in bytes. */
const longestSubject = 1_024;

/** How the value of a field is written. */
type Field = readonly [name: string, value: string];

/** A text that may come from a peer: cut to what a line can hold, then escaped; what is no UTF-8 is dropped. */
function text(fetch: string, limit?: number): string {
  const cut = limit === undefined ? '' : `,bytes(0,${limit})`;
  return `"%[${fetch}${cut},json(utf8s)]"`;
}

/** A number or a truth value, where the fetch cannot fail: what it cannot give would stand there as a bare hyphen. */
function plain(fetch: string): string {
  return `%[${fetch}]`;
}

/** What stands where there is no value, as HAProxy itself writes it. */
const absent = '"-"';

/**
 * Fields that both formats share: where and when, who, and what was agreed.
 *
 * The group is not asked for where a handshake failed: HAProxy 3.0 with OpenSSL 3.5 dies of `ssl_fc_curve` before there is a key exchange.
 */
function commonFields(zone: string, group: string): Field[] {
  return [
    ['time', '"%[date(0,us),us_utime(%Y-%m-%dT%H:%M:%S.%6NZ)]"'],
    ['site', text(`env(${environment.site})`)],
    ['zone', `"${word(zone)}"`],
    ['endpoint', '"%f"'],
    ['instance', text(`env(${environment.instance})`)],
    ['connection', '"%[uuid]"'],
    ['client', '"%[src]"'],
    ['clientPort', plain('src_port')],
    ['version', text('ssl_fc_protocol')],
    ['cipherSuite', text('ssl_fc_cipher')],
    ['group', group],
    ['keyAlgorithm', text('ssl_f_key_alg')],
    ['serverName', text('ssl_fc_sni', longestServerName)],
    ['applicationProtocol', text('ssl_fc_alpn', longestServerName)],
    ['resumed', plain('ssl_fc_is_resumed,iif(true,false)')],
    ['clientSubject', text('ssl_c_s_dn(,0,rfc2253)', longestSubject)],
    ['clientSerial', text('ssl_c_serial,hex', longestSubject)],
    ['clientVerification', text('ssl_c_verify')],
  ];
}

/** How a session ended that was established. */
const sessionFields: readonly Field[] = [
  ['termination', '"%ts"'],
  ['connectionError', absent],
  ['tlsError', absent],
];

/** Why a session was not established. */
const errorFields: readonly Field[] = [
  ['termination', '"--"'],
  ['connectionError', text('fc_err_str')],
  ['tlsError', text('ssl_fc_err_str')],
];

function format(fields: readonly Field[]): string {
  return `'{${fields.map(([name, value]) => `"${name}":${value}`).join(',')}}'`;
}

/**
 * The directives of the TLS event log: one JSON object a line, of one schema for sessions and for failed handshakes.
 *
 * @see RFC 8259, 7 for what has to be escaped
 */
export function eventLog(zone: string): string[] {
  return [
    `log stdout len ${longestEventBytes} format raw daemon`,
    `log-format ${format([...commonFields(zone, text('ssl_fc_curve')), ...sessionFields])}`,
    `error-log-format ${format([...commonFields(zone, absent), ...errorFields])}`,
  ];
}
