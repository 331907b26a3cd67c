import type { CloudClients } from '../cloud/clients';
import { exportedValues, storedParameters, type Template } from '../cloud/deployed';
import { type Answers, resolveValue } from '../cloud/intrinsics';
import { answered, type StackIds, stackIds } from '../cloud/made';
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
  /** Why nothing can be said of it: nobody answers what became of it, or what it refers to. */
  readonly failure?: string;
}

/** What is known beforehand of what templates refer to. */
interface Known {
  readonly ids: StackIds;
  /** Says what `Fn::GetAtt` answers; without it, only attributes that are the physical id itself are known. */
  readonly attribute: Promise<Answers['attribute']>;
}

/** Every resource that the templates of a site declare, by name of the stack, and which thing CloudFormation made of it. */
export async function declaredResources(
  site: CloudSite,
  templates: ReadonlyMap<string, Template>,
  clients: Pick<CloudClients, 'cloudFormation' | 'parameters'>,
  { ids, attribute }: Partial<Known> = {},
): Promise<DeclaredResource[]> {
  const [exported, parameters, known, made] = await Promise.all([
    answered(exportedValues(clients.cloudFormation), new Map()),
    answered(storedParameters(clients.parameters, [...templates.values()]), new Map()),
    attribute ?? (() => undefined),
    ids ?? stackIds(templates, clients),
  ]);
  /** Why the references of a text cannot be followed. */
  const failureOf = (text: string) =>
    (text.includes('"Fn::ImportValue"') ? exported.failure : undefined) ??
    (text.includes('{{resolve:ssm:') ? parameters.failure : undefined);
  return [...templates].flatMap(([stack, { Resources }]) => {
    const { value = new Map<string, string>(), failure } = made.get(stack) ?? {};
    const answers: Answers = { site, stack, made: value, exported: exported.value, parameters: parameters.value, attribute: known };
    return Object.entries(Resources).map(([logicalId, { Type: type, Properties = {} }]) => {
      const properties = resolveValue(Properties, answers) as Record<string, unknown>;
      const about = { stack, logicalId, type, physicalId: answers.made.get(logicalId), properties };
      return { ...about, failure: failure ?? failureOf(JSON.stringify(Properties)) };
    });
  });
}
