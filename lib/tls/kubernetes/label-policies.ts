import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import type { Construct } from 'constructs';
import { namespaceNameLabel, objectLabels, roleLabel } from '../../core/labels';
import { type TierContext, tierName } from './context';

/** Version of the API; Kubernetes 1.30 and later serve it. */
const apiVersion = 'admissionregistration.k8s.io/v1';

/** A policy for the labels of pods, or of the pods that a workload creates. */
interface LabelPolicy {
  readonly name: string;
  readonly apiGroup: '' | 'apps';
  readonly resources: readonly string[];
  /** Path of the labels from the root of an object, in CEL. */
  readonly labels: string;
  /** Condition in CEL under which an object may have the label. */
  readonly admits: string;
}

const user = (controller: string): string => `request.userInfo.username == 'system:serviceaccount:kube-system:${controller}'`;

const controlledBy = (kind: string, name: string): string =>
  `object.metadata.?ownerReferences.orValue([]).exists(owner, owner.?controller.orValue(false) && owner.kind == '${kind}' && owner.name${name})`;

/**
 * The chain from the Deployment of a tier to its pods. Only the controllers of Kubernetes extend it, and the names that they give start
 * with the name of the owner.
 */
const policies: readonly LabelPolicy[] = [
  {
    name: 'tier-deployments',
    apiGroup: 'apps',
    resources: ['deployments'],
    labels: '.spec.?template.?metadata.?labels',
    admits: `object.metadata.name == '${tierName}'`,
  },
  {
    name: 'tier-replicasets',
    apiGroup: 'apps',
    resources: ['replicasets'],
    labels: '.spec.?template.?metadata.?labels',
    admits: `${user('deployment-controller')} && ${controlledBy('Deployment', ` == '${tierName}'`)}`,
  },
  {
    name: 'tier-pods',
    apiGroup: '',
    resources: ['pods', 'pods/status'],
    labels: '.metadata.?labels',
    admits: `${user('replicaset-controller')} && ${controlledBy('ReplicaSet', `.matches('^${tierName}-[a-z0-9]+$')`)}`,
  },
];

/** CEL expression that is true if an object has no role, the role that it had before, or a role that the policy admits. */
function expression({ labels, admits }: LabelPolicy): string {
  const role = (root: string): string => `${root}${labels}[?'${roleLabel}']`;
  return `!${role('object')}.hasValue() || (oldObject != null && ${role('oldObject')} == ${role('object')}) || (${admits})`;
}

function policySpec(policy: LabelPolicy) {
  const { apiGroup, resources } = policy;
  // Defaults of the API server are stated, so that Terraform and the comparison with the cluster find no differences.
  const rule = { apiGroups: [apiGroup], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: [...resources], scope: '*' };
  return {
    failurePolicy: 'Fail',
    matchConstraints: { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {}, resourceRules: [rule] },
    validations: [
      {
        expression: expression(policy),
        message: `the label ${roleLabel} is reserved for the pods of Deployment ${tierName}`,
        reason: 'Forbidden',
      },
    ],
  };
}

/** Applies a policy to one namespace; a binding for each namespace leaves those of other zones unchanged. */
function bindingSpec(policyName: string, namespace: string) {
  const namespaceSelector = { matchLabels: { [namespaceNameLabel]: namespace } };
  return {
    policyName,
    validationActions: ['Deny'],
    matchResources: { matchPolicy: 'Equivalent', namespaceSelector, objectSelector: {} },
  };
}

function add(scope: Construct, id: string, kind: string, metadata: object, spec: object): Manifest {
  return new Manifest(scope, id, { manifest: { apiVersion, kind, metadata, spec }, fieldManager: { forceConflicts: true } });
}

/**
 * Policies that admit the role label of tiers only on the pods of their own Deployments, since the Services and NetworkPolicies of a tier
 * select every pod with its labels. They have no effect without {@link labelBindings}.
 *
 * @see {@link https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/}
 */
export function labelPolicies(scope: Construct, estate: string): Manifest[] {
  return policies.map((policy) => {
    const metadata = { name: `${estate}-${policy.name}`, labels: objectLabels(estate) };
    return add(scope, policy.name, 'ValidatingAdmissionPolicy', metadata, policySpec(policy));
  });
}

/** Bindings of the policies to the namespace of a zone with a tier. */
export function labelBindings(scope: Construct, { site, zone }: TierContext): Manifest[] {
  return policies.map(({ name }) => {
    const policyName = `${site.estate}-${name}`;
    const metadata = { name: `${policyName}.${zone.id}`, labels: objectLabels(site.estate, zone.id) };
    const spec = bindingSpec(policyName, site.namespace(zone.id));
    return add(scope, `${zone.id}_${name}`, 'ValidatingAdmissionPolicyBinding', metadata, spec);
  });
}
