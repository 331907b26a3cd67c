import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/core/finding';
import { compareResource } from '../../../lib/deployment/probe/aws/compare-resource';
import { readers } from '../../../lib/deployment/probe/readers/readers';

const account = '111122223333';
const trusted = { Service: 'ec2.amazonaws.com' };
const trust = { Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' };
const denial = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' };
const reading = { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectTagging'], Resource: 'arn:aws:s3:::assets/*' };

/** Returns the finding for a resource whose live properties differ from the template. */
function find(type: string, planned: object, live: object): Finding {
  const reader = readers.find((one) => one.type === type);
  if (!reader) throw new Error(`Nothing reads ${type}`);
  const declared = { stack: 'tiers', logicalId: 'one', type, physicalId: 'one', properties: { ...planned } };
  return compareResource('dublin', declared, { id: 'one', properties: { ...reader.defaults, ...planned, ...live } }, reader);
}

function attributesOf({ differences }: Finding): string[] {
  return differences.map(({ attribute }) => attribute);
}

function document(...Statement: readonly object[]) {
  return { Version: '2012-10-17', Statement };
}

const role = (planned: object, live: object) => find('AWS::IAM::Role', planned, live);
const key = (planned: object, live: object) => find('AWS::KMS::Key', planned, live);

describe('changed permissions', () => {
  it.each(['x-arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root/x', 'arn:aws:iam::111122223333:role/root'])(
    'compareResource reports the principal %s where the account was planned',
    (live) => {
      const trusting = (AWS: string) => ({ AssumeRolePolicyDocument: document({ ...trust, Principal: { AWS } }) });
      expect(role(trusting('111122223333'), trusting(live)).verdict).toBe('drifted');
      expect(role(trusting('111122223333'), trusting('arn:aws:iam::111122223333:root')).verdict).toBe('as-planned');
    },
  );

  it('compareResource reports a policy that was attached by hand', () => {
    const ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    expect(attributesOf(role({}, { ManagedPolicyArns }))).toEqual(['ManagedPolicyArns']);
    expect(attributesOf(role({}, { Policies: [{ PolicyName: 'by-hand', PolicyDocument: document(reading) }] }))).toEqual(['Policies']);
  });

  it('compareResource reports a principal that was added to a trust policy', () => {
    const widened = { ...trust, Principal: { ...trusted, AWS: 'arn:aws:iam::999999999999:root' } };
    const found = role({ AssumeRolePolicyDocument: document(trust) }, { AssumeRolePolicyDocument: document(widened) });
    expect(attributesOf(found)).toEqual(['AssumeRolePolicyDocument.Statement[0].Principal.AWS']);
  });

  it('compareResource reports a key policy that was opened to everyone', () => {
    const own = { Effect: 'Allow', Principal: { Service: 'logs.amazonaws.com' }, Action: 'kms:Decrypt', Resource: '*' };
    const widened = { ...own, Principal: { ...own.Principal, AWS: '*' } };
    expect(key({ KeyPolicy: document(own) }, { KeyPolicy: document(widened) }).verdict).toBe('drifted');
  });

  it('compareResource reports a condition that was added to or removed from a statement', () => {
    const conditional = { ...denial, Condition: { StringEquals: { 'aws:PrincipalAccount': '000000000000' } } };
    expect(key({ KeyPolicy: document(denial) }, { KeyPolicy: document(conditional) }).verdict).toBe('drifted');
    expect(key({ KeyPolicy: document(conditional) }, { KeyPolicy: document(denial) }).verdict).toBe('drifted');
  });

  it('compareResource reports a change inside an inline policy of a role', () => {
    const Policies = (Resource: string) => [{ PolicyName: 'tier', PolicyDocument: document({ ...reading, Resource }, trust) }];
    expect(role({ Policies: Policies('arn:aws:s3:::assets/*') }, { Policies: Policies('*') }).verdict).toBe('drifted');
    const added = [{ PolicyName: 'tier', PolicyDocument: { ...document(reading, trust), Id: 'by-hand' } }];
    expect(role({ Policies: Policies('arn:aws:s3:::assets/*') }, { Policies: added }).verdict).toBe('drifted');
  });

  it('compareResource reports a permissions boundary, a disabled key and a suspended process that no template sets', () => {
    expect(attributesOf(role({}, { PermissionsBoundary: `arn:aws:iam::${account}:policy/none` }))).toEqual(['PermissionsBoundary']);
    expect(attributesOf(key({}, { Enabled: false }))).toEqual(['Enabled']);
    const fleet = find('AWS::AutoScaling::AutoScalingGroup', {}, { SuspendedProcesses: ['ReplaceUnhealthy'] });
    expect(attributesOf(fleet)).toEqual(['SuspendedProcesses']);
  });
});

describe('equivalent permissions', () => {
  it('compareResource ignores order, repetition and single values in place of lists in policies', () => {
    const other = { ...reading, Action: [...reading.Action].reverse(), Resource: [reading.Resource, reading.Resource] };
    const planned = { AssumeRolePolicyDocument: document(trust, reading) };
    const live = { AssumeRolePolicyDocument: document(other, { ...trust, Principal: { Service: [trusted.Service] } }) };
    expect(role(planned, live).verdict).toBe('as-planned');
  });

  it('compareResource treats an account and its root, and both forms of everyone, as the same principal', () => {
    const by = (AWS: string) => document({ ...denial, Principal: { AWS } });
    const planned = { KeyPolicy: by(`arn:aws:iam::${account}:root`) };
    expect(key(planned, { KeyPolicy: by(account) }).verdict).toBe('as-planned');
    expect(key(planned, { KeyPolicy: by('999999999999') }).verdict).toBe('drifted');
    expect(key({ KeyPolicy: document(denial) }, { KeyPolicy: by('*') }).verdict).toBe('as-planned');
  });

  it('compareResource treats condition values as strings', () => {
    const when = (value: unknown) => document({ ...denial, Condition: { Bool: { 'aws:SecureTransport': value } } });
    expect(key({ KeyPolicy: when(false) }, { KeyPolicy: when(['false']) }).verdict).toBe('as-planned');
  });
});

describe('properties that a template does not set', () => {
  it('compareResource reports an unset property as unknown if the service does not return it', () => {
    expect(role({}, { PermissionsBoundary: undefined })).toMatchObject({ verdict: 'unknown', unknown: ['PermissionsBoundary'] });
  });
});

describe('forward actions', () => {
  const listener = (live: object) =>
    find('AWS::ElasticLoadBalancingV2::Listener', { DefaultActions: [{ Type: 'forward', TargetGroupArn: 'ours' }] }, live);
  const weighted = (...TargetGroups: readonly object[]) => ({ DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });

  it('compareResource treats both forms of a forward action as equal', () => {
    expect(listener(weighted({ TargetGroupArn: 'ours', Weight: 100 })).verdict).toBe('as-planned');
  });

  it('compareResource reports a forward action that sends traffic to another target group or none to ours', () => {
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
