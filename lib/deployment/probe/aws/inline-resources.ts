import { targetType } from '../readers/members';
import type { DeclaredResource } from '../readers/reader';

/** Properties whose elements are compared as separate resources. `by` is the property in which such a resource names its owner. */
const inlineLists = [
  { owner: 'AWS::EC2::SecurityGroup', list: 'SecurityGroupIngress', type: 'AWS::EC2::SecurityGroupIngress', by: 'GroupId' },
  { owner: 'AWS::EC2::SecurityGroup', list: 'SecurityGroupEgress', type: 'AWS::EC2::SecurityGroupEgress', by: 'GroupId' },
  { owner: 'AWS::ElasticLoadBalancingV2::TargetGroup', list: 'Targets', type: targetType },
] as const;

/**
 * Returns the rules and targets that a template declares inline as separate resources.
 *
 * The services do not distinguish inline rules from separate ones.
 */
export function inlineResources(declared: readonly DeclaredResource[]): DeclaredResource[] {
  return declared
    .filter(({ physicalId }) => physicalId !== undefined)
    .flatMap(({ stack, logicalId, type: owner, physicalId, properties, failure }) =>
      inlineLists
        .filter((one) => one.owner === owner)
        .flatMap(({ list, type, ...one }) => {
          const items = (properties[list] ?? []) as readonly Readonly<Record<string, unknown>>[];
          return items.map((item, index) => ({
            stack,
            logicalId: `${logicalId}.${list}[${index}]`,
            type,
            parentId: physicalId,
            properties: 'by' in one ? { [one.by]: physicalId, ...item } : item,
            failure,
          }));
        }),
    );
}
