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
      'endpoint',
      `${id}: ${keyAlgorithm}, ${group}${clientCertificate ? ', client certificate' : ''}; ${formatPercentile(percentile)} within ${formatNumber(budgetMicroseconds)} us`,
    ),
    row(`full, ${formatNumber(full.perSecond)}/s`, ...cells(full)),
    ...(resumed.perSecond > 0 ? [row(`resumed, ${formatNumber(resumed.perSecond)}/s`, ...cells(resumed))] : []),
  ];
}

type Cell = (view: OptionView) => string | undefined;

const rows: readonly (readonly [string, Cell])[] = [
  ['instance', ({ instance }) => instance],
  ['needed at peak load', ({ neededInstances }) => formatNumber(neededInstances)],
  ['running', ({ instances, survivors }) => `${formatNumber(instances)}, ${formatNumber(survivors)} after a failure`],
  ['maximum instances', ({ maxInstances }) => `${formatNumber(maxInstances)} with the surge instance`],
  ['cost, in cores', ({ costInCores }) => formatNumber(costInCores)],
  ['sessions/s per instance', ({ newSessionsPerSecond }) => formatNumber(newSessionsPerSecond)],
  ['mean processor time', ({ serviceMicroseconds }) => `${formatNumber(serviceMicroseconds)} us`],
  ['  squared variation', ({ squaredVariation }) => squaredVariation.toFixed(3)],
  ['processor utilization', ({ utilization }) => `${formatNumber(utilization * 100)}%`],
  [
    'device utilization',
    ({ deviceUtilization }) => (deviceUtilization === undefined ? undefined : `${formatNumber(deviceUtilization * 100)}%`),
  ],
  [
    '  result retrieval',
    ({ deviceRetrievalMicroseconds }) =>
      deviceRetrievalMicroseconds === undefined ? undefined : `up to ${formatNumber(deviceRetrievalMicroseconds)} us`,
  ],
  ['probability of waiting', ({ waitProbability }) => `${formatNumber(waitProbability * 100)}%`],
  ['mean wait', ({ meanWaitMicroseconds }) => `${formatNumber(meanWaitMicroseconds)} us`],
  ['maximum connections', ({ maxConnections }) => formatNumber(maxConnections)],
  ['memory', ({ memoryMebibytes }) => `${formatNumber(memoryMebibytes)} MiB`],
];

/** One column of the table: an option, or why there is none. */
type Column = TierExplanation['software'];

function isView(way: Column): way is OptionView {
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
    const of = (way: Column) => (isView(way) ? way.latencies.find((one) => one.endpoint === id) : undefined);
    const cells = ways.map((way) => (of(way) ? `${formatNumber(of(way)?.microseconds ?? 0)} us` : ''));
    const percentile = latencies.find((one) => one.endpoint === id)?.percentile ?? 0;
    return row(`${formatPercentile(percentile)} of ${id}`, ...cells);
  });
  const out = (['software', 'hardware'] as const).flatMap((name, index) => {
    const way = ways[index];
    return way && !isView(way) ? named(name, `not possible: ${way.obstacle}`) : [];
  });
  return [row('', 'software', 'hardware'), ...lines, ...within, ...out];
}

/** Obstacles that do not depend on the load, so that there is no break-even point to print. */
const permanentObstacles: readonly ObstacleView['kind'][] = ['none-offered', 'not-drivable', 'fips'];

function breakEven({ asked, chosen, hardware, crossing: at }: TierExplanation): string[] {
  if (asked !== 'auto' || (!isView(hardware) && permanentObstacles.includes(hardware.kind))) return [];
  if (!at && chosen === 'hardware') return named('break-even', 'auto already chooses hardware at 1/4,096 of this load');
  if (!at) return named('break-even', 'auto chooses hardware at no load between 1/4,096 and 4,096 times this one');
  const factor = at.factor < 10 ? at.factor.toPrecision(3) : formatNumber(at.factor);
  return named(
    'break-even',
    `auto chooses hardware from ${formatNumber(at.newSessionsPerSecond)} new sessions per second on (${factor} times the described load)`,
  );
}

/** Formats an explanation as text of at most 80 columns. */
export function explanationText(explanation: TierExplanation): string {
  const { zone, site, asked, chosen, reason, problems, newSessionsPerSecond, factor, costs, targetUtilization, failureDomains } =
    explanation;
  return [
    `${zone} at ${site}: ${chosen ?? 'no tier'} (requested: ${asked})`,
    '',
    ...(reason ? named('why', reason) : problems.flatMap(({ code, message, fix }) => [...named(code, message), ...named('fix', fix)])),
    ...named('load', `${formatNumber(newSessionsPerSecond)} new sessions per second, ${formatNumber(factor)} times the described load`),
    ...named(
      'rule',
      `at most ${formatNumber(targetUtilization * 100)}% utilization and every latency budget kept after the loss of one of ${failureDomains} failure domains; at least two instances in two failure domains; one surge instance`,
    ),
    ...named('costs', costs),
    ...named(
      'formulas',
      'M/G/c: Erlang C; mean wait by Kimura (1986) with Cosmetatos (1976); exponential tail; convolved with the service time',
    ),
    '',
    ...explanation.endpoints.flatMap(endpoint),
    '',
    ...table(explanation),
    '',
    ...breakEven(explanation),
  ]
    .join('\n')
    .trimEnd();
}
