import { environment } from './container';
import { word } from './syntax';

/** Longest line of the event log, in bytes: enough for all fields at their limits with every character escaped. */
const longestEventBytes = 16_384;

/** Longest server name that is logged, in bytes. @see RFC 1035, 2.3.4 */
const longestServerName = 255;

/** Longest subject or serial number of a certificate that is logged, in bytes. */
const longestSubject = 1_024;

/** A field of the event log: its JSON name and the log-format expression of its value. */
type Field = readonly [name: string, value: string];

/** Expression for a text that a peer may control: truncated, then escaped for JSON. Bytes that are not UTF-8 are dropped. */
function text(fetch: string, limit?: number): string {
  const cut = limit === undefined ? '' : `,bytes(0,${limit})`;
  return `"%[${fetch}${cut},json(utf8s)]"`;
}

/** Expression for a number or boolean. Only for fetches that cannot fail, because HAProxy writes a missing value as an unquoted hyphen. */
function plain(fetch: string): string {
  return `%[${fetch}]`;
}

/** Placeholder for a missing value, the same as HAProxy's own. */
const absent = '"-"';

/**
 * Fields of both formats: time and place, client, and negotiated parameters.
 *
 * The group is a parameter because HAProxy 3.0 with OpenSSL 3.5 crashes on `ssl_fc_curve` if the handshake failed before its key exchange.
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

/** Fields of an established session: how it ended. */
const sessionFields: readonly Field[] = [
  ['termination', '"%ts"'],
  ['connectionError', absent],
  ['tlsError', absent],
];

/** Fields of a failed handshake: why it failed. */
const errorFields: readonly Field[] = [
  ['termination', '"--"'],
  ['connectionError', text('fc_err_str')],
  ['tlsError', text('ssl_fc_err_str')],
];

function format(fields: readonly Field[]): string {
  return `'{${fields.map(([name, value]) => `"${name}":${value}`).join(',')}}'`;
}

/**
 * Renders the directives of the TLS event log: one JSON object per line, with the same fields for sessions and failed handshakes.
 *
 * @see RFC 8259, 7 (characters that must be escaped)
 */
export function eventLog(zone: string): string[] {
  return [
    `log stdout len ${longestEventBytes} format raw daemon`,
    `log-format ${format([...commonFields(zone, text('ssl_fc_curve')), ...sessionFields])}`,
    `error-log-format ${format([...commonFields(zone, absent), ...errorFields])}`,
  ];
}
