import { targetType } from '../readers/members';
import type { DeclaredResource } from '../readers/reader';

/** Lists whose elements are read as resources of their own, by type of what they are stated with, and how an element names it. */
const lists = [
  { owner: 'AWS::EC2::SecurityGroup', list: 'SecurityGroupIngress', type: 'AWS::EC2::SecurityGroupIngress', by: 'GroupId' },
  { owner: 'AWS::EC2::SecurityGroup', list: 'SecurityGroupEgress', type: 'AWS::EC2::SecurityGroupEgress', by: 'GroupId' },
  { owner: 'AWS::ElasticLoadBalancingV2::TargetGroup', list: 'Targets', type: targetType },
] as const;

/** Rules and targets that are stated with their group, as resources of their own: live, one cannot be told from the other. */
export function inlineResources(declared: readonly DeclaredResource[]): DeclaredResource[] {
  return declared
    .filter(({ physicalId }) => physicalId !== undefined)
    .flatMap(({ stack, logicalId, type: owner, physicalId, properties, failure }) =>
      lists
        .filter((one) => one.owner === owner)
        .flatMap(({ list, type, ...one }) => {
          const items = (properties[list] ?? []) as readonly Readonly<Record<string, unknown>>[];
          return items.map((item, index) => ({
            stack,
            logicalId: `${logicalId}.${list}[${index}]`,
            type,
            within: physicalId,
            properties: 'by' in one ? { [one.by]: physicalId, ...item } : item,
            failure,
          }));
        }),
    );
}
