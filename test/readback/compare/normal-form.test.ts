import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/core/finding';
import { compareResource } from '../../../lib/deployment/probe/aws/compare-resource';
import { readers } from '../../../lib/deployment/probe/readers/readers';

const account = '111122223333';
const trusted = { Service: 'ec2.amazonaws.com' };
const trust = { Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' };
const denial = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' };
const reading = { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectTagging'], Resource: 'arn:aws:s3:::assets/*' };

/** What a probe says where a template states one thing and the service answers another. */
function find(type: string, planned: object, live: object): Finding {
  const reader = readers.find((one) => one.type === type);
  if (!reader) throw new Error(`Nothing reads ${type}`);
  const declared = { stack: 'tiers', logicalId: 'one', type, physicalId: 'one', properties: { ...planned } };
  return compareResource('dublin', declared, { id: 'one', properties: { ...reader.unstated, ...planned, ...live } }, reader);
}

function attributesOf({ differences }: Finding): string[] {
  return differences.map(({ attribute }) => attribute);
}

function document(...Statement: readonly object[]) {
  return { Version: '2012-10-17', Statement };
}

const role = (planned: object, live: object) => find('AWS::IAM::Role', planned, live);
const key = (planned: object, live: object) => find('AWS::KMS::Key', planned, live);

describe('a widened permission is drift', () => {
  it('where a policy is attached that no template states', () => {
    const ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    expect(attributesOf(role({}, { ManagedPolicyArns }))).toEqual(['ManagedPolicyArns']);
    expect(attributesOf(role({}, { Policies: [{ PolicyName: 'by-hand', PolicyDocument: document(reading) }] }))).toEqual(['Policies']);
  });

  it('where somebody else may take on a role', () => {
    const widened = { ...trust, Principal: { ...trusted, AWS: 'arn:aws:iam::999999999999:root' } };
    const found = role({ AssumeRolePolicyDocument: document(trust) }, { AssumeRolePolicyDocument: document(widened) });
    expect(attributesOf(found)).toEqual(['AssumeRolePolicyDocument.Statement[0].Principal.AWS']);
  });

  it('where everybody may use a key', () => {
    const own = { Effect: 'Allow', Principal: { Service: 'logs.amazonaws.com' }, Action: 'kms:Decrypt', Resource: '*' };
    const widened = { ...own, Principal: { ...own.Principal, AWS: '*' } };
    expect(key({ KeyPolicy: document(own) }, { KeyPolicy: document(widened) }).verdict).toBe('drifted');
  });

  it('where a condition takes the force from a denial, or the limit from a permission', () => {
    const conditional = { ...denial, Condition: { StringEquals: { 'aws:PrincipalAccount': '000000000000' } } };
    expect(key({ KeyPolicy: document(denial) }, { KeyPolicy: document(conditional) }).verdict).toBe('drifted');
    expect(key({ KeyPolicy: document(conditional) }, { KeyPolicy: document(denial) }).verdict).toBe('drifted');
  });

  it('in a policy that stands in a list of them', () => {
    const Policies = (Resource: string) => [{ PolicyName: 'tier', PolicyDocument: document({ ...reading, Resource }, trust) }];
    expect(role({ Policies: Policies('arn:aws:s3:::assets/*') }, { Policies: Policies('*') }).verdict).toBe('drifted');
    const added = [{ PolicyName: 'tier', PolicyDocument: { ...document(reading, trust), Id: 'by-hand' } }];
    expect(role({ Policies: Policies('arn:aws:s3:::assets/*') }, { Policies: added }).verdict).toBe('drifted');
  });

  it('where the boundary of a role, a key or a process of a group is not as left alone', () => {
    expect(attributesOf(role({}, { PermissionsBoundary: `arn:aws:iam::${account}:policy/none` }))).toEqual(['PermissionsBoundary']);
    expect(attributesOf(key({}, { Enabled: false }))).toEqual(['Enabled']);
    const fleet = find('AWS::AutoScaling::AutoScalingGroup', {}, { SuspendedProcesses: ['ReplaceUnhealthy'] });
    expect(attributesOf(fleet)).toEqual(['SuspendedProcesses']);
  });
});

describe('the same permission is no drift', () => {
  it('with an element for a list, in another order, or said twice', () => {
    const other = { ...reading, Action: [...reading.Action].reverse(), Resource: [reading.Resource, reading.Resource] };
    const planned = { AssumeRolePolicyDocument: document(trust, reading) };
    const live = { AssumeRolePolicyDocument: document(other, { ...trust, Principal: { Service: [trusted.Service] } }) };
    expect(role(planned, live).verdict).toBe('as-planned');
  });

  it('with an account for its root, and everybody in either form', () => {
    const by = (AWS: string) => document({ ...denial, Principal: { AWS } });
    const planned = { KeyPolicy: by(`arn:aws:iam::${account}:root`) };
    expect(key(planned, { KeyPolicy: by(account) }).verdict).toBe('as-planned');
    expect(key(planned, { KeyPolicy: by('999999999999') }).verdict).toBe('drifted');
    expect(key({ KeyPolicy: document(denial) }, { KeyPolicy: by('*') }).verdict).toBe('as-planned');
  });

  it('with values of conditions as texts', () => {
    const when = (value: unknown) => document({ ...denial, Condition: { Bool: { 'aws:SecureTransport': value } } });
    expect(key({ KeyPolicy: when(false) }, { KeyPolicy: when(['false']) }).verdict).toBe('as-planned');
  });
});

describe('what a template does not state', () => {
  it('is unknown where its service does not speak of it', () => {
    expect(role({}, { PermissionsBoundary: undefined })).toMatchObject({ verdict: 'unknown', unknown: ['PermissionsBoundary'] });
  });
});

describe('where a listener forwards to', () => {
  const listener = (live: object) =>
    find('AWS::ElasticLoadBalancingV2::Listener', { DefaultActions: [{ Type: 'forward', TargetGroupArn: 'ours' }] }, live);
  const weighted = (...TargetGroups: readonly object[]) => ({ DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });

  it('is the same in either form', () => {
    expect(listener(weighted({ TargetGroupArn: 'ours', Weight: 100 })).verdict).toBe('as-planned');
  });

  it('is drift where another group gets a share, all of it, or ours none', () => {
    for (const groups of [
      [
        { TargetGroupArn: 'ours', Weight: 99 },
        { TargetGroupArn: 'theirs', Weight: 1 },
      ],
      [{ TargetGroupArn: 'theirs' }],
      [{ TargetGroupArn: 'ours', Weight: 0 }],
    ])
      expect(listener(weighted(...groups)).verdict).toBe('drifted');
  });
});
