import {
  AttachRolePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DisableKeyCommand, EnableKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import type { CloudClients } from '../../../lib/deployment/aws/clients';
import type { DeclaredResource } from '../../../lib/deployment/probe/readers/reader';
import { drift, type Way } from './cloud-edit';
import type { Edit } from './edit';

const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const stranger = 'arn:aws:iam::999999999999:root';

interface Statement {
  readonly Principal: Readonly<Record<string, unknown>>;
}

interface Policy {
  readonly Statement: readonly Statement[];
}

/** A policy with one more principal in every statement. */
function opened(policy: Policy, AWS: string): string {
  return JSON.stringify({ ...policy, Statement: policy.Statement.map((one) => ({ ...one, Principal: { ...one.Principal, AWS } })) });
}

function mightierRole({ identities }: CloudClients, resource: DeclaredResource): Edit {
  const policy = { RoleName: resource.physicalId, PolicyName: 'by-hand' };
  const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::elsewhere/*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  return drift(
    resource,
    () => identities.send(new PutRolePolicyCommand({ ...policy, PolicyDocument })),
    () => identities.send(new DeleteRolePolicyCommand(policy)),
  );
}

function almightyRole({ identities }: CloudClients, resource: DeclaredResource): Edit {
  const policy = { RoleName: resource.physicalId, PolicyArn: administrator };
  return drift(
    resource,
    () => identities.send(new AttachRolePolicyCommand(policy)),
    () => identities.send(new DetachRolePolicyCommand(policy)),
  );
}

function trustingRole({ identities }: CloudClients, resource: DeclaredResource): Edit {
  const trust = resource.properties.AssumeRolePolicyDocument as Policy;
  const set = (PolicyDocument: string) =>
    identities.send(new UpdateAssumeRolePolicyCommand({ RoleName: resource.physicalId, PolicyDocument }));
  return drift(
    resource,
    () => set(opened(trust, stranger)),
    () => set(JSON.stringify(trust)),
  );
}

function boundedRole({ identities }: CloudClients, resource: DeclaredResource): Edit {
  const RoleName = resource.physicalId;
  return drift(
    resource,
    () => identities.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: readOnly })),
    () => identities.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
  );
}

function openKey({ keys }: CloudClients, resource: DeclaredResource): Edit {
  const policy = resource.properties.KeyPolicy as Policy;
  const set = (Policy: string) => keys.send(new PutKeyPolicyCommand({ KeyId: resource.physicalId, Policy }));
  return drift(
    resource,
    () => set(opened(policy, '*')),
    () => set(JSON.stringify(policy)),
  );
}

function disabledKey({ keys }: CloudClients, resource: DeclaredResource): Edit {
  const KeyId = resource.physicalId;
  return drift(
    resource,
    () => keys.send(new DisableKeyCommand({ KeyId })),
    () => keys.send(new EnableKeyCommand({ KeyId })),
  );
}

/** Ways to extend, restrict or remove permissions. */
export const permissionEdits: Readonly<Record<string, readonly Way[]>> = {
  'AWS::IAM::Role': [mightierRole, almightyRole, trustingRole, boundedRole],
  'AWS::KMS::Key': [openKey, disabledKey],
};
