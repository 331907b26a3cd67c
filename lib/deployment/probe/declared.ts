import type { CloudClients } from '../cloud/clients';
import { exportedValues, physicalIds, storedParameters, type Template } from '../cloud/deployed';
import { type Answers, resolveValue } from '../cloud/intrinsics';
import type { CloudSite } from '../site';

/** A resource of a template, with every reference replaced by what it refers to. */
export interface DeclaredResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Absent of what stands in another resource, such as a rule stated with its group, and of what was never made. */
  readonly physicalId?: string;
  /** Physical id of the resource that it stands in. */
  readonly within?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * Every resource that the templates of a site declare, by name of the stack, and which thing CloudFormation made of it.
 *
 * @param attribute - says what `Fn::GetAtt` answers; without it, only attributes that are the physical id itself are known
 */
export async function declaredResources(
  site: CloudSite,
  templates: ReadonlyMap<string, Template>,
  { cloudFormation, parameters: store }: CloudClients,
  attribute: Answers['attribute'] | Promise<Answers['attribute']> = () => undefined,
): Promise<DeclaredResource[]> {
  const [exported, parameters, known, made] = await Promise.all([
    exportedValues(cloudFormation),
    storedParameters(store, [...templates.values()]),
    attribute,
    Promise.all([...templates.keys()].map((stack) => physicalIds(cloudFormation, stack))),
  ]);
  return [...templates].flatMap(([stack, { Resources }], index) => {
    const answers: Answers = { site, stack, made: made[index] ?? new Map(), exported, parameters, attribute: known };
    return Object.entries(Resources).map(([logicalId, { Type: type, Properties = {} }]) => {
      const properties = resolveValue(Properties, answers) as Record<string, unknown>;
      return { stack, logicalId, type, physicalId: answers.made.get(logicalId), properties };
    });
  });
}
