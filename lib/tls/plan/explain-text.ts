import { formatNumber, formatPercentile } from '../sizing/reason';
import type { EndpointView, ObstacleView, OptionView, TierExplanation } from './explain-tier';

const width = 80;
const label = 26;
const column = 27;

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length === 0 || longer.length > width - indent) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

function named(name: string, text: string): string[] {
  const [first = '', ...rest] = wrap(text, 12);
  return [name.padEnd(12) + first.trimStart(), ...rest];
}

function row(name: string, ...cells: string[]): string {
  return `  ${name.padEnd(label - 2)}${cells.map((cell) => cell.padEnd(column)).join('')}`.trimEnd();
}

function endpoint({ id, keyAlgorithm, group, clientCertificate, full, resumed, percentile, budgetMicroseconds }: EndpointView): string[] {
  const cells = (view: EndpointView['full']) => [
    `${formatNumber(view.softwareMicroseconds)} us`,
    `${formatNumber(view.hardwareProcessorMicroseconds)} us${view.hardwareDeviceMicroseconds > 0 ? ` + device ${formatNumber(view.hardwareDeviceMicroseconds)} us` : ''}`,
  ];
  return [
    ...named(
      `endpoint`,
      `${id}: ${keyAlgorithm}, ${group}${clientCertificate ? ', client certificate' : ''}; ${formatPercentile(percentile)} within ${formatNumber(budgetMicroseconds)} us`,
    ),
    row(`full, ${formatNumber(full.perSecond)} a second`, ...cells(full)),
    ...(resumed.perSecond > 0 ? [row(`resumed, ${formatNumber(resumed.perSecond)} a second`, ...cells(resumed))] : []),
  ];
}

type Cell = (view: OptionView) => string | undefined;

const rows: readonly (readonly [string, Cell])[] = [
  ['instance', ({ instance }) => instance],
  ['needed at the peak', ({ neededInstances }) => formatNumber(neededInstances)],
  ['running', ({ instances, survivors }) => `${formatNumber(instances)}, ${formatNumber(survivors)} after a failure`],
  ['running at most', ({ maxInstances }) => `${formatNumber(maxInstances)} with the surge instance`],
  ['cost, in cores', ({ costInCores }) => formatNumber(costInCores)],
  ['sessions a second, each', ({ newSessionsPerSecond }) => formatNumber(newSessionsPerSecond)],
  ['processor time, mean', ({ serviceMicroseconds }) => `${formatNumber(serviceMicroseconds)} us`],
  ['  its squared variation', ({ squaredVariation }) => squaredVariation.toFixed(3)],
  ['processors busy', ({ utilization }) => `${formatNumber(utilization * 100)}%`],
  ['devices busy', ({ deviceUtilization }) => (deviceUtilization === undefined ? undefined : `${formatNumber(deviceUtilization * 100)}%`)],
  [
    '  fetching a result',
    ({ deviceRetrievalMicroseconds }) =>
      deviceRetrievalMicroseconds === undefined ? undefined : `up to ${formatNumber(deviceRetrievalMicroseconds)} us`,
  ],
  ['waiting at all', ({ waitProbability }) => `${formatNumber(waitProbability * 100)}% of handshakes`],
  ['wait, mean', ({ meanWaitMicroseconds }) => `${formatNumber(meanWaitMicroseconds)} us`],
  ['connections at most', ({ maxConnections }) => formatNumber(maxConnections)],
  ['memory', ({ memoryMebibytes }) => `${formatNumber(memoryMebibytes)} MiB`],
];

type Way = TierExplanation['software'];

function isView(way: Way): way is OptionView {
  return 'instance' in way;
}

function table({ software, hardware }: TierExplanation): string[] {
  const ways = [software, hardware];
  const lines = rows.flatMap(([name, cell]) => {
    const cells = ways.map((way) => (isView(way) ? (cell(way) ?? '') : ''));
    return cells.some((text) => text !== '') ? [row(name, ...cells)] : [];
  });
  const latencies = ways.flatMap((way) => (isView(way) ? way.latencies : []));
  const endpoints = [...new Set(latencies.map((one) => one.endpoint))];
  const within = endpoints.map((id) => {
    const of = (way: Way) => (isView(way) ? way.latencies.find((one) => one.endpoint === id) : undefined);
    const cells = ways.map((way) => (of(way) ? `${formatNumber(of(way)?.microseconds ?? 0)} us` : ''));
    const percentile = latencies.find((one) => one.endpoint === id)?.percentile ?? 0;
    return row(`${formatPercentile(percentile)} of ${id}`, ...cells);
  });
  const out = (['software', 'hardware'] as const).flatMap((name, index) => {
    const way = ways[index];
    return way && !isView(way) ? named(name, `out: ${way.obstacle}`) : [];
  });
  return [row('', 'software', 'hardware'), ...lines, ...within, ...out];
}

/** Obstacles that no load removes: where one of them stands, `auto` has nothing to choose. */
const standing: readonly ObstacleView['kind'][] = ['none-offered', 'not-drivable', 'fips'];

function crossing({ asked, chosen, hardware, crossing: at }: TierExplanation): string[] {
  if (asked !== 'auto' || (!isView(hardware) && standing.includes(hardware.kind))) return [];
  if (!at && chosen === 'hardware') return named('crossing', 'auto takes hardware at a 4,096th of this load already');
  if (!at) return named('crossing', 'auto takes hardware at no load from a 4,096th to 4,096 times this one');
  const factor = at.factor < 10 ? at.factor.toPrecision(3) : formatNumber(at.factor);
  return named(
    'crossing',
    `auto takes hardware from ${formatNumber(at.newSessionsPerSecond)} new sessions a second on (${factor} times the described load)`,
  );
}

/** An explanation as a person reads it, in 80 columns. */
export function explanationText(explanation: TierExplanation): string {
  const { zone, site, asked, chosen, reason, problems, newSessionsPerSecond, factor, costs, targetUtilization, failureDomains } =
    explanation;
  return [
    `${zone} at ${site}: ${chosen ?? 'no tier'} (asked: ${asked})`,
    '',
    ...(reason ? named('why', reason) : problems.flatMap(({ code, message, fix }) => [...named(code, message), ...named('fix', fix)])),
    ...named('load', `${formatNumber(newSessionsPerSecond)} new sessions a second, ${formatNumber(factor)} times the described load`),
    ...named(
      'rule',
      `at most ${formatNumber(targetUtilization * 100)}% busy and every budget kept with one of ${failureDomains} failure domains lost; never fewer than two instances in two domains; one surge instance`,
    ),
    ...named('costs', costs),
    ...named('formulas', 'M/G/c: Erlang C; mean wait by Kimura (1986) with Cosmetatos (1976); exponential tail; service folded in'),
    '',
    ...explanation.endpoints.flatMap(endpoint),
    '',
    ...table(explanation),
    '',
    ...crossing(explanation),
  ]
    .join('\n')
    .trimEnd();
}
