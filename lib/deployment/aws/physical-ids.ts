import type { Template } from '../../readback/cloudformation/template';
import type { CloudClients } from './clients';
import { physicalIds } from './deployed';

/** What was answered to a question, or why nothing was. */
export interface Answered<Value> {
  readonly value: Value;
  readonly failure?: string;
}

/** Physical ids by stack and logical id, as far as CloudFormation says them. */
export type StackIds = ReadonlyMap<string, Answered<ReadonlyMap<string, string>>>;

/** Physical ids of what the stacks of a site made, of one type. */
export type PhysicalIdsByType = (type: string) => ReadonlySet<string>;

/** Asks what became of every stack; one of which nothing is said keeps nothing from the others. */
export async function stackIds(
  templates: ReadonlyMap<string, Template>,
  { cloudFormation }: Pick<CloudClients, 'cloudFormation'>,
): Promise<StackIds> {
  const stacks = [...templates.keys()];
  return new Map(
    await Promise.all(stacks.map(async (stack) => [stack, await answered(physicalIds(cloudFormation, stack), new Map())] as const)),
  );
}

/** Physical ids of what the stacks made, by type. */
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

/** The answer to a question, or another value and why there is none. */
export async function answered<Value>(question: Promise<Value>, otherwise: Value): Promise<Answered<Value>> {
  try {
    return { value: await question };
  } catch (error) {
    return { value: otherwise, failure: reasonOf(error) };
  }
}

/** Why a service did not answer. */
export function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  return `${name}: ${message}`;
}
