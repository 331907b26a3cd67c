import type { Template } from '../../readback/cloudformation/template';
import type { CloudClients } from './clients';
import { physicalIds } from './deployed';

/** The value of a request, or a fallback and the reason of the failure. */
export interface Answered<Value> {
  readonly value: Value;
  readonly failure?: string;
}

/** Physical ids by stack and logical id; a stack that could not be read has none, and a failure. */
export type StackIds = ReadonlyMap<string, Answered<ReadonlyMap<string, string>>>;

/** Returns the physical ids of all resources of one type in the stacks of a site. */
export type PhysicalIdsByType = (type: string) => ReadonlySet<string>;

/** Reads the resources of every stack; the failure of one stack does not affect the others. */
export async function stackIds(
  templates: ReadonlyMap<string, Template>,
  { cloudFormation }: Pick<CloudClients, 'cloudFormation'>,
): Promise<StackIds> {
  const stacks = [...templates.keys()];
  return new Map(
    await Promise.all(stacks.map(async (stack) => [stack, await answered(physicalIds(cloudFormation, stack), new Map())] as const)),
  );
}

/** Physical ids of the stacks' resources, grouped by type. */
export function physicalIdsByType(templates: ReadonlyMap<string, Template>, ids: StackIds): PhysicalIdsByType {
  const made = new Map<string, Set<string>>();
  for (const [stack, { Resources }] of templates) {
    for (const [logicalId, { Type }] of Object.entries(Resources)) {
      const id = ids.get(stack)?.value.get(logicalId);
      if (id !== undefined) made.set(Type, (made.get(Type) ?? new Set()).add(id));
    }
  }
  return (type) => made.get(type) ?? new Set();
}

/** Awaits a request and converts an error into a fallback value with its reason. */
export async function answered<Value>(question: Promise<Value>, otherwise: Value): Promise<Answered<Value>> {
  try {
    return { value: await question };
  } catch (error) {
    return { value: otherwise, failure: reasonOf(error) };
  }
}

/** Name and message of an SDK error. */
export function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  return `${name}: ${message}`;
}
