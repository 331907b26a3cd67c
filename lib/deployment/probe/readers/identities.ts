import {
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam';
import { collect, type LiveResource, policyDocument, type Reader, userTags, withDetails } from './reader';

const roles: Reader = {
  type: 'AWS::IAM::Role',
  defaults: { ManagedPolicyArns: [], MaxSessionDuration: 3600, Path: '/', PermissionsBoundary: null, Policies: [] },
  live({ identities: client }, physicalIds) {
    const ours = physicalIds(this.type);
    return withDetails(
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
    collect(paginateListRolePolicies({ client }, { RoleName }), (page) => page.PolicyNames),
    collect(paginateListAttachedRolePolicies({ client }, { RoleName }), (page) => page.AttachedPolicies),
  ]);
  const Policies = await Promise.all(
    names.map(async (PolicyName) => {
      const { PolicyDocument } = await client.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return { PolicyName, PolicyDocument: policyDocument(PolicyDocument) };
    }),
  );
  return {
    attributes: { Arn: role?.Arn ?? '' },
    properties: {
      RoleName,
      Path: role?.Path,
      Description: role?.Description,
      MaxSessionDuration: role?.MaxSessionDuration,
      AssumeRolePolicyDocument: policyDocument(role?.AssumeRolePolicyDocument),
      PermissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
      Policies,
      ManagedPolicyArns: attached.map(({ PolicyArn }) => PolicyArn),
      Tags: userTags(role?.Tags) ?? [],
    },
  };
}

/** Returns the name of an instance profile. The physical ID may be the name or the ARN. */
function profileName(physicalId: string): string {
  return physicalId.split('/').at(-1) ?? '';
}

const profiles: Reader = {
  type: 'AWS::IAM::InstanceProfile',
  idOf: ({ physicalId = '' }) => profileName(physicalId),
  defaults: { Path: '/' },
  live({ identities: client }, physicalIds) {
    const ours = new Set([...physicalIds(this.type)].map(profileName));
    return withDetails(
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

/** Readers of IAM roles and instance profiles. */
export const identityReaders: readonly Reader[] = [roles, profiles];
