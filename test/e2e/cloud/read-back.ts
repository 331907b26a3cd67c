import type { Finding } from '../../../lib/core/finding';
import type { CloudClients } from '../../../lib/deployment/aws/clients';
import type { PhysicalIdsByType } from '../../../lib/deployment/aws/physical-ids';
import { matchAll } from '../../../lib/deployment/probe/aws/match';
import type { DeclaredResource, Reader } from '../../../lib/deployment/probe/readers/reader';

/** Number of resources of each type that were found and compared. */
export function comparedTypes(findings: readonly Finding[]): Record<string, number> {
  const compared: Record<string, number> = {};
  for (const { type, verdict, reason } of findings)
    if (verdict !== 'missing' && verdict !== 'foreign' && reason === undefined) compared[type] = (compared[type] ?? 0) + 1;
  return compared;
}

/** Types, and attributes of types, that templates state and no service returns. */
export function unanswered(findings: readonly Finding[]): string[] {
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  const names = unknown.flatMap((finding) =>
    finding.unknown.length === 0 ? [finding.type] : finding.unknown.map((attribute) => `${finding.type}.${attribute.split(/[.[]/)[0]}`),
  );
  return [...new Set(names)].sort();
}

/** Physical ids of declared resources, by type. */
export function physicalIdsByType(declared: readonly DeclaredResource[]): PhysicalIdsByType {
  return (type) => new Set(declared.flatMap((resource) => (resource.type === type && resource.physicalId ? [resource.physicalId] : [])));
}

/** Live attributes that neither template nor reader states, except names derived from the stack's own. */
export async function unstated(
  readers: readonly Reader[],
  declared: readonly DeclaredResource[],
  clients: CloudClients,
): Promise<string[]> {
  const found = await Promise.all(
    readers.map(async (reader) => {
      const own = declared.filter(({ type }) => type === reader.type);
      return matchAll(own, await reader.live(clients, physicalIdsByType(declared)), reader).pairs.flatMap(
        ([{ type, stack, properties }, live]) =>
          Object.entries(live?.properties ?? {})
            .filter(([name, value]) => properties[name] === undefined && !(name in (reader.defaults ?? {})) && isSet(value))
            .map(([name, value]) => `${type}.${name}: ${JSON.stringify(value)}`)
            .filter((line) => !line.includes(stack)),
      );
    }),
  );
  return [...new Set(found.flat())].sort();
}

function isSet(value: unknown): boolean {
  return Boolean(value) && (typeof value !== 'object' || Object.keys(value as object).length > 0);
}

/** Ids under which a service knows the resources of a type. */
export function idsOf(reader: Reader, declared: readonly DeclaredResource[]): Set<string> {
  const own = declared.filter(({ type, physicalId }) => type === reader.type && physicalId !== undefined);
  return new Set(own.map((resource) => reader.idOf?.(resource) ?? resource.physicalId ?? ''));
}
