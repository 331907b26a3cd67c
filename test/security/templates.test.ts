import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { cloudTemplates } from '../fixtures/cloud-templates';
import { planned } from '../fixtures/two-sites';
import { type CloudProperty, cloudProperties, type TemplateResource } from './cloud-properties';

/** Every resource of every cloud site of an example, under `stack/logical id`. */
function resourcesOf(example: string): Map<string, TemplateResource> {
  const plan = planned(parse(readFileSync(join(__dirname, '../../examples', example, 'estate.yaml'), 'utf8')));
  const found = new Map<string, TemplateResource>();
  for (const site of plan.sites) {
    if (site.kind !== 'cloud') continue;
    for (const [stack, template] of cloudTemplates(plan, site.id))
      for (const [id, resource] of Object.entries(template.toJSON().Resources as Record<string, TemplateResource>))
        found.set(`${site.id}-${stack}/${id}`, resource);
  }
  return found;
}

const examples = ['meridian', 'every-attribute'].map((example) => ({ example, resources: resourcesOf(example) }));

/** The places at which a property does not hold, and how many it was asked about. */
function check({ types, holds }: CloudProperty, resources: ReadonlyMap<string, TemplateResource>) {
  const subjects = [...resources].filter(([, { Type }]) => types.includes(Type.replace(/^AWS::/, '')));
  return { count: subjects.length, broken: subjects.flatMap(([at, resource]) => (holds(resource) ? [] : [at])) };
}

describe.each(cloudProperties.map((property) => [property.title, property] as const))('in every template, %s', (_title, property) => {
  it.each(examples)('of the example $example', ({ resources }) => {
    const { count, broken } = check(property, resources);
    expect(broken).toEqual([]);
    // A property of resources that no example has would hold for nothing.
    expect(count > 0 || property.absent === true).toBe(true);
  });

  it('or the check fails: each altered resource breaks it', () => {
    const [type = ''] = property.types;
    const sound = examples.flatMap(({ resources }) => [...resources.values()]).find(({ Type }) => Type === `AWS::${type}`);
    for (const alter of property.breaks) {
      const altered = structuredClone(sound ?? { Type: `AWS::${type}`, Properties: {} });
      alter(altered.Properties, altered);
      expect(property.holds(altered), String(alter)).toBe(false);
    }
  });
});

/** Emitted wildcards, each with the reason why a name cannot be used. */
const wildcards: Readonly<Record<string, string>> = {
  'KMS::Key Administration Action kms:*': 'The account itself administers its key; without this statement nobody could.',
  'KMS::Key Administration Resource *': 'In a key policy `*` stands for this key alone.',
  'KMS::Key LogGroups Resource *': 'In a key policy `*` stands for this key alone.',
  'EC2::VPCEndpoint Nobody Action *': 'It denies.',
  'EC2::VPCEndpoint Nobody Resource *': 'It denies.',
  'IAM::Role RegistryLogin Resource *': 'ecr:GetAuthorizationToken takes no resource.',
  'EC2::VPCEndpoint Login Resource *': 'ecr:GetAuthorizationToken takes no resource.',
  'IAM::Role Metrics Resource *': 'cloudwatch:PutMetricData takes no resource; a condition names the namespace.',
  'EC2::VPCEndpoint OwnRoles Resource *': 'cloudwatch:PutMetricData takes no resource; a condition names the namespace.',
};

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Condition?: object;
}

/** All statements of the policies inside a value. */
function statementsOf(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'Statement' in value && Array.isArray(value.Statement) ? (value.Statement as Statement[]) : [];
  return [...own, ...Object.values(value).flatMap(statementsOf)];
}

/** The wildcards of a statement: an action or a resource that is or ends a name with `*`, other than below a name. */
function wildcardsOf(type: string, { Sid = '', Action, Resource }: Statement): string[] {
  const values = (given: unknown): string[] => [given].flat().filter((one): one is string => typeof one === 'string');
  const actions = values(Action).filter((action) => action.includes('*'));
  const resources = values(Resource).filter((resource) => /(^|:)\*$/.test(resource));
  return [...actions.map((one) => `${type} ${Sid} Action ${one}`), ...resources.map((one) => `${type} ${Sid} Resource ${one}`)];
}

describe('wildcards in policies', () => {
  const emitted = examples.flatMap(({ resources }) =>
    [...resources.values()].flatMap(({ Type, Properties }) =>
      statementsOf(Properties).flatMap((statement) => wildcardsOf(Type.replace('AWS::', ''), statement)),
    ),
  );

  it('are listed with a reason, and none is listed that is not emitted', () => {
    const listed = [...new Set(emitted)].filter((one) => !Object.hasOwn(wildcards, one));
    expect(listed).toEqual([]);
    expect(Object.keys(wildcards).filter((one) => !emitted.includes(one))).toEqual([]);
  });

  it('are found in an action and in a resource', () => {
    const open: Statement = { Sid: 'Open', Effect: 'Allow', Action: ['s3:Get*'], Resource: ['*', 'arn:aws:s3:::*', 'arn:aws:s3:::own/*'] };
    expect(wildcardsOf('IAM::Role', open)).toEqual([
      'IAM::Role Open Action s3:Get*',
      'IAM::Role Open Resource *',
      'IAM::Role Open Resource arn:aws:s3:::*',
    ]);
  });

  const statements = examples.flatMap(({ resources }) => [...resources.values()].flatMap(({ Properties }) => statementsOf(Properties)));

  it('never stand for whom a statement allows, unless a condition names this account', () => {
    const open = statements.filter(
      ({ Effect, Principal, Condition }) =>
        Effect === 'Allow' &&
        JSON.stringify(Principal ?? {}).includes('"*"') &&
        !JSON.stringify(Condition ?? {}).includes('aws:PrincipalAccount'),
    );
    // Image layers are in a bucket of AWS, which is read with presigned URLs.
    expect(new Set(open.map(({ Sid, Action, Resource }) => JSON.stringify([Sid, Action, Resource])))).toEqual(
      new Set(['eu-west-1'].map((region) => `["ImageLayers",["s3:GetObject"],["arn:aws:s3:::prod-${region}-starport-layer-bucket/*"]]`)),
    );
  });

  it('stand for the resource of a metric only together with the namespace of the metric', () => {
    const metrics = statements.filter(({ Action }) => Action.includes('cloudwatch:PutMetricData'));
    expect(metrics.length).toBeGreaterThan(1);
    for (const { Condition } of metrics) expect(Condition).toMatchObject({ StringEquals: { 'cloudwatch:namespace': 'Diptych' } });
  });
});
