import {
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { all, detailed, document, type LiveResource, type Reader, tags } from './reader';

const roles: Reader = {
  type: 'AWS::IAM::Role',
  unstated: { ManagedPolicyArns: [], MaxSessionDuration: 3600, Path: '/', PermissionsBoundary: null, Policies: [] },
  live({ identities: client }, made) {
    const ours = made(this.type);
    return detailed(
      ours,
      (id) => ({ id }),
      ours,
      (name) => liveRole(client, name),
    );
  },
};

async function liveRole(client: IAMClient, RoleName: string): Promise<Omit<LiveResource, 'id'>> {
  const [{ Role: role }, names, attached] = await Promise.all([
    client.send(new GetRoleCommand({ RoleName })),
    all(paginateListRolePolicies({ client }, { RoleName }), (page) => page.PolicyNames),
    all(paginateListAttachedRolePolicies({ client }, { RoleName }), (page) => page.AttachedPolicies),
  ]);
  const Policies = await Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return { PolicyName, PolicyDocument: document(PolicyDocument) };
    }),
  );
  return {
    attributes: { Arn: role?.Arn ?? '' },
    properties: {
      RoleName,
      Path: role?.Path,
      Description: role?.Description,
      MaxSessionDuration: role?.MaxSessionDuration,
      AssumeRolePolicyDocument: document(role?.AssumeRolePolicyDocument),
      PermissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
      Policies,
      ManagedPolicyArns: attached.map(({ PolicyArn }) => PolicyArn),
      Tags: tags(role?.Tags) ?? [],
    },
  };
}

/** Some answer the name and some the whole ARN for its physical id. */
function profileName(physicalId: string): string {
  return physicalId.split('/').at(-1) ?? '';
}

const profiles: Reader = {
  type: 'AWS::IAM::InstanceProfile',
  idOf: ({ physicalId = '' }) => profileName(physicalId),
  unstated: { Path: '/' },
  live({ identities: client }, made) {
    const ours = new Set([...made(this.type)].map(profileName));
    return detailed(
      ours,
      (id) => ({ id }),
      ours,
      async (InstanceProfileName) => {
        const { InstanceProfile: profile } = await client.send(new GetInstanceProfileCommand({ InstanceProfileName }));
        const Roles = profile?.Roles?.map(({ RoleName }) => RoleName);
        return { attributes: { Arn: profile?.Arn ?? '' }, properties: { InstanceProfileName, Path: profile?.Path, Roles } };
      },
    );
  },
};

/** Readers of who instances are and what they may do. */
export const identityReaders: readonly Reader[] = [roles, profiles];
