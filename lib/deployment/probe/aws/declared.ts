import type { CloudSite } from '../../../artifacts/site';
import { type Answers, resolveValue } from '../../../readback/cloudformation/intrinsics';
import type { Template } from '../../../readback/cloudformation/template';
import type { CloudClients } from '../../aws/clients';
import { exportedValues, storedParameters } from '../../aws/deployed';
import { answered, type StackIds, stackIds } from '../../aws/physical-ids';
import type { DeclaredResource } from '../readers/reader';

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
