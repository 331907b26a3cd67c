import {
  GetRolePolicyCommand,
  type IAMClient,
  ListRoleTagsCommand,
  paginateListAttachedRolePolicies,
  paginateListInstanceProfiles,
  paginateListRolePolicies,
  paginateListRoles,
  type Role,
} from '@aws-sdk/client-iam';
import { all, document, type LiveResource, type Reader, tags } from './reader';

const roles: Reader = {
  type: 'AWS::IAM::Role',
  async live({ identities: client }) {
    const found = await all(paginateListRoles({ client }, {}), (page) => page.Roles);
    // Roles of the cloud's own services are none of a template's.
    return Promise.all(found.filter(({ Path }) => !Path?.startsWith('/aws-service-role/')).map((role) => liveRole(client, role)));
  },
};

async function liveRole(client: IAMClient, { RoleName = '', Arn = '', ...role }: Role): Promise<LiveResource> {
  const [names, attached, tagged] = await Promise.all([
    all(paginateListRolePolicies({ client }, { RoleName }), (page) => page.PolicyNames),
    all(paginateListAttachedRolePolicies({ client }, { RoleName }), (page) => page.AttachedPolicies),
    client.send(new ListRoleTagsCommand({ RoleName })).catch(() => undefined),
  ]);
  const Policies = await Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return { PolicyName, PolicyDocument: document(PolicyDocument) };
    }),
  );
  return {
    id: RoleName,
    attributes: { Arn },
    properties: {
      RoleName,
      Path: role.Path,
      Description: role.Description,
      MaxSessionDuration: role.MaxSessionDuration,
      AssumeRolePolicyDocument: document(role.AssumeRolePolicyDocument),
      Policies,
      ManagedPolicyArns: attached.map(({ PolicyArn }) => PolicyArn),
      Tags: tags(tagged?.Tags),
    },
  };
}

const profiles: Reader = {
  type: 'AWS::IAM::InstanceProfile',
  // Some answer the name and some the whole ARN for its physical id.
  idOf: ({ physicalId = '' }) => physicalId.split('/').at(-1) ?? '',
  async live({ identities: client }) {
    const found = await all(paginateListInstanceProfiles({ client }, {}), (page) => page.InstanceProfiles);
    return found.map(({ InstanceProfileName = '', Arn = '', Path, Roles }) => ({
      id: InstanceProfileName,
      attributes: { Arn },
      properties: { InstanceProfileName, Path, Roles: Roles?.map(({ RoleName }) => RoleName) },
    }));
  },
};

/** Readers of who instances are and what they may do. */
export const identityReaders: readonly Reader[] = [roles, profiles];
