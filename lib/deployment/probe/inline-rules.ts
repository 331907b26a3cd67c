import type { DeclaredResource } from './declared';

const lists = { SecurityGroupIngress: 'AWS::EC2::SecurityGroupIngress', SecurityGroupEgress: 'AWS::EC2::SecurityGroupEgress' } as const;

/** Rules that are stated with their group, as resources of their own: live, one cannot be told from the other. */
export function inlineRules(declared: readonly DeclaredResource[]): DeclaredResource[] {
  return declared
    .filter(({ type, physicalId }) => type === 'AWS::EC2::SecurityGroup' && physicalId !== undefined)
    .flatMap(({ stack, logicalId, physicalId, properties }) =>
      Object.entries(lists).flatMap(([list, type]) => {
        const rules = (properties[list] ?? []) as readonly Readonly<Record<string, unknown>>[];
        return rules.map((rule, index) => ({
          stack,
          logicalId: `${logicalId}.${list}[${index}]`,
          type,
          within: physicalId,
          properties: { GroupId: physicalId, ...rule },
        }));
      }),
    );
}
