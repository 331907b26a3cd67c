import type { CloudSite } from '../../../artifacts/site';
import { type References, resolveValue } from '../../../readback/cloudformation/intrinsics';
import type { Template } from '../../../readback/cloudformation/template';
import type { CloudClients } from '../../aws/clients';
import { exportedValues, storedParameters } from '../../aws/deployed';
import { answered, type StackIds, stackIds } from '../../aws/physical-ids';
import type { DeclaredResource } from '../readers/reader';

/** Lookups that the caller has already made. */
interface Lookups {
  readonly ids: StackIds;
  /** Resolves `Fn::GetAtt`. Without it, only attributes that are the physical ID itself can be resolved. */
  readonly attribute: Promise<References['attribute']>;
}

/**
 * Returns every resource that the templates of a site declare, with resolved properties and its physical ID.
 *
 * @param templates - keyed by stack name
 */
export async function declaredResources(
  site: CloudSite,
  templates: ReadonlyMap<string, Template>,
  clients: Pick<CloudClients, 'cloudFormation' | 'parameters'>,
  { ids, attribute }: Partial<Lookups> = {},
): Promise<DeclaredResource[]> {
  const [exported, parameters, getAttribute, idsOfStacks] = await Promise.all([
    answered(exportedValues(clients.cloudFormation), new Map()),
    answered(storedParameters(clients.parameters, [...templates.values()]), new Map()),
    attribute ?? (() => undefined),
    ids ?? stackIds(templates, clients),
  ]);
  /** Returns why the references in a JSON text cannot be resolved, if a lookup that they need has failed. */
  const failureOf = (text: string) =>
    (text.includes('"Fn::ImportValue"') ? exported.failure : undefined) ??
    (text.includes('{{resolve:ssm:') ? parameters.failure : undefined);
  return [...templates].flatMap(([stack, { Resources }]) => {
    const { value: physicalIds = new Map<string, string>(), failure } = idsOfStacks.get(stack) ?? {};
    const references: References = {
      site,
      stack,
      physicalIds,
      exported: exported.value,
      parameters: parameters.value,
      attribute: getAttribute,
    };
    return Object.entries(Resources).map(([logicalId, { Type: type, Properties = {} }]) => {
      const properties = resolveValue(Properties, references) as Record<string, unknown>;
      const about = { stack, logicalId, type, physicalId: physicalIds.get(logicalId), properties };
      return { ...about, failure: failure ?? failureOf(JSON.stringify(Properties)) };
    });
  });
}
