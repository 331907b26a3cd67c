import { environment } from './container';
import { word } from './syntax';

/** Longest line of the event log, in bytes: enough for all fields at their limits with every character escaped. */
const longestEventBytes = 16_384;

/** Longest server name that is logged, in bytes. @see RFC 1035, 2.3.4 */
const longestServerName = 255;

/** Longest subject or serial number of a certificate that is logged, in bytes. */
const longestSubject = 1_024;

/** Failed handshakes of an address within `samplePeriodSeconds` that are all logged. */
const loggedFailures = 10;

/** Of further failed handshakes of an address, one in so many is logged. */
const sampledFailures = 1_000;

/** Period over which the failed handshakes of an address are counted, in seconds. */
export const samplePeriodSeconds = 10;

/** Value of a field: a constant, or a sample expression that yields a text or a bare JSON value. */
type Value = { readonly kind: 'constant'; readonly text: string } | { readonly kind: 'text' | 'plain'; readonly expression: string };

/** A field of the event log: its JSON name and its value. */
type Field = readonly [name: string, value: Value];

/** A text that a peer may control: truncated, then escaped for JSON. Bytes that are not UTF-8 are dropped. */
function text(fetch: string, limit?: number): Value {
  const cut = limit === undefined ? '' : `,bytes(0,${limit})`;
  return { kind: 'text', expression: `${fetch}${cut},json(utf8s)` };
}

/** A number or boolean. Only for fetches that cannot fail, because HAProxy writes a missing value as an unquoted hyphen. */
function plain(expression: string): Value {
  return { kind: 'plain', expression };
}

function constant(value: string): Value {
  return { kind: 'constant', text: value };
}

/** Placeholder for a missing value, the same as HAProxy's own. */
const missing = '-';
const absent = constant(missing);

/**
 * Fields of both formats: time and place, client, and negotiated parameters.
 *
 * The group is a parameter because HAProxy 3.0 with OpenSSL 3.5 crashes on `ssl_fc_curve` if the handshake failed before its key exchange.
 */
function commonFields(zone: string, group: Value): Field[] {
  return [
    ['time', text('date(0,us),us_utime(%Y-%m-%dT%H:%M:%S.%6NZ)')],
    ['site', text(`env(${environment.site})`)],
    ['zone', constant(word(zone))],
    ['endpoint', text('fe_name')],
    ['instance', text(`env(${environment.instance})`)],
    ['connection', text('uuid')],
    ['client', text('src')],
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
  ['termination', constant('%ts')],
  ['connectionError', absent],
  ['tlsError', absent],
  ['failures', absent],
];

/** Fields of a failed handshake: why it failed, and how many of the address have failed, including those that were not logged. */
const errorFields: readonly Field[] = [
  ['termination', constant('--')],
  ['connectionError', text('fc_err_str')],
  ['tlsError', text('ssl_fc_err_str')],
  ['failures', plain('var(sess.failures,0)')],
];

function sessionValue(value: Value): string {
  if (value.kind === 'constant') return `"${value.text}"`;
  return value.kind === 'text' ? `"%[${value.expression}]"` : `%[${value.expression}]`;
}

function sessionFormat(fields: readonly Field[]): string {
  return `'{${fields.map(([name, value]) => `"${name}":${sessionValue(value)}`).join(',')}}'`;
}

/** Node of a log format that writes nothing, for the effects of its expression. `-M` leaves out HAProxy's hyphen for empty values. */
function effect(expression: string): string {
  return `%{-M}[${expression},bytes(${longestEventBytes})]`;
}

/** Node of a log format that is empty unless the line is logged. */
function sampled(expression: string): string {
  return `%{-M}[${expression},bytes(sess.skip)]`;
}

/** The same for literal text. */
function sampledLiteral(literal: string): string {
  return sampled(`str("${literal.replaceAll('"', '\\"')}")`);
}

/** Nodes of a value; a variable replaces a value that is missing by its placeholder. */
function sampledValue(value: Value, variable: string): string {
  if (value.kind === 'constant') return sampledLiteral(`"${value.text}"`);
  if (value.kind === 'plain') return sampled(`${value.expression},concat()`);
  return [
    effect(`${value.expression},set-var(${variable})`),
    sampledLiteral('"'),
    sampled(`var(${variable},${missing})`),
    sampledLiteral('"'),
  ].join('');
}

/**
 * Format of failed handshakes. Every node is empty if a line is not logged, and HAProxy does not write an empty line.
 *
 * Anyone can make handshakes fail, thousands in a second, so each address has its first failures of a period logged, then one in many.
 */
function failureFormat(fields: readonly Field[]): string {
  const decision = [
    effect(`sc_inc_gpc0(0),set-var(sess.failures),mod(${sampledFailures}),set-var(sess.remainder)`),
    effect(`sc0_gpc0_rate,div(${loggedFailures + 1}),mul(sess.remainder),bool,iif(${longestEventBytes},0),set-var(sess.skip)`),
  ];
  const nodes = fields.flatMap(([name, value], index) => [
    sampledLiteral(`${index === 0 ? '{' : ','}"${name}":`),
    sampledValue(value, `sess.field${index}`),
  ]);
  return `'${[...decision, ...nodes, sampledLiteral('}')].join('')}'`;
}

/**
 * Renders the directives of the TLS event log: one JSON object per line, with the same fields for sessions and failed handshakes.
 *
 * Every session is logged; failed handshakes are sampled.
 *
 * @see RFC 8259, 7 (characters that must be escaped)
 */
export function eventLog(zone: string): string[] {
  return [
    `log stdout len ${longestEventBytes} format raw daemon`,
    `log-format ${sessionFormat([...commonFields(zone, text('ssl_fc_curve')), ...sessionFields])}`,
    `error-log-format ${failureFormat([...commonFields(zone, absent), ...errorFields])}`,
  ];
}
