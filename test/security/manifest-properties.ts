import type { Json } from '../fixtures/terraform';

/** One property of security that every object of a type has. */
export interface ManifestProperty {
  readonly title: string;
  /** The type, without `kubernetes_`. */
  readonly type: string;
  /**
   * Whether an object is one that the changes below fit.
   *
   * @default - any is
   */
  readonly suits?: (object: Json) => boolean;
  readonly holds: (object: Json) => boolean;
  /** Changes of a sound object that each break the property. */
  readonly breaks: readonly ((object: Json) => void)[];
}

const podOf = (deployment: Json): Json => deployment.spec.template.spec;
const everyContainer = (deployment: Json, holds: (container: Json) => boolean): boolean =>
  podOf(deployment).container.length > 0 && [...podOf(deployment).container, ...(podOf(deployment).init_container ?? [])].every(holds);

const rulesOf = ({ spec }: Json): Json[] => [...(spec.ingress ?? []), ...(spec.egress ?? [])];
const peersOf = (rule: Json): Json[] => [...(rule.from ?? []), ...(rule.to ?? [])];

/** The properties that hold for everything in a cluster. */
export const manifestProperties: readonly ManifestProperty[] = [
  {
    title: 'a pod runs as a user that is not root',
    type: 'deployment_v1',
    holds: (one) =>
      podOf(one).security_context?.run_as_non_root === true &&
      Number(podOf(one).security_context.run_as_user) > 0 &&
      everyContainer(one, ({ security_context }) => security_context?.run_as_non_root === true && security_context.privileged === false),
    breaks: [
      (one) => {
        podOf(one).security_context.run_as_non_root = false;
      },
      (one) => {
        podOf(one).security_context.run_as_user = '0';
      },
      (one) => {
        podOf(one).container[0].security_context.privileged = true;
      },
      (one) => delete podOf(one).security_context,
    ],
  },
  {
    title: 'a container cannot write to its image, gain privileges or use a capability',
    type: 'deployment_v1',
    holds: (one) =>
      everyContainer(
        one,
        ({ security_context }) =>
          security_context?.read_only_root_filesystem === true &&
          security_context.allow_privilege_escalation === false &&
          JSON.stringify(security_context.capabilities) === '{"drop":["ALL"]}',
      ),
    breaks: [
      (one) => {
        podOf(one).container[0].security_context.read_only_root_filesystem = false;
      },
      (one) => delete podOf(one).container[0].security_context.allow_privilege_escalation,
      (one) => {
        podOf(one).container[0].security_context.capabilities.add = ['NET_ADMIN'];
      },
      (one) => {
        podOf(one).container[0].security_context.capabilities.drop = [];
      },
    ],
  },
  {
    title: 'a pod has the default filter of system calls and nothing of its node',
    type: 'deployment_v1',
    holds: (one) =>
      podOf(one).security_context?.seccomp_profile?.type === 'RuntimeDefault' &&
      ['host_network', 'host_pid', 'host_ipc'].every((name) => !podOf(one)[name]) &&
      (podOf(one).volume ?? []).every((volume: Json) => volume.host_path === undefined),
    breaks: [
      (one) => {
        podOf(one).security_context.seccomp_profile.type = 'Unconfined';
      },
      (one) => {
        podOf(one).host_network = true;
      },
      (one) => {
        podOf(one).volume.push({ name: 'host', host_path: { path: '/' } });
      },
    ],
  },
  {
    title: 'a pod has no token for the API server',
    type: 'deployment_v1',
    holds: (one) => podOf(one).automount_service_account_token === false,
    breaks: [(one) => delete podOf(one).automount_service_account_token],
  },
  {
    title: 'a service account gives no token to its pods',
    type: 'service_account_v1',
    holds: (one) => one.automount_service_account_token === false,
    breaks: [(one) => delete one.automount_service_account_token],
  },
  {
    title: 'an image is named by its digest',
    type: 'deployment_v1',
    holds: (one) => everyContainer(one, ({ image }) => /^[^@]+@sha256:[0-9a-f]{64}$/.test(image)),
    breaks: [
      (one) => {
        podOf(one).container[0].image = 'haproxy:3.0';
      },
    ],
  },
  {
    title: 'a container has limits of CPU and memory',
    type: 'deployment_v1',
    holds: (one) => everyContainer(one, ({ resources }) => resources?.limits?.cpu !== undefined && resources.limits.memory !== undefined),
    breaks: [(one) => delete podOf(one).container[0].resources.limits.memory, (one) => delete podOf(one).container[0].resources.limits.cpu],
  },
  {
    // A container that starts before the others chooses the configuration, and writes it into memory.
    title: 'keys and configuration are mounted read-only where HAProxy runs',
    type: 'deployment_v1',
    holds: (one) =>
      podOf(one).container.every(({ volume_mount }: Json) =>
        volume_mount.every(({ mount_path, read_only }: Json) => !mount_path.startsWith('/etc/') || read_only === true),
      ),
    breaks: [
      (one) => {
        for (const mount of podOf(one).container[0].volume_mount) delete mount.read_only;
      },
    ],
  },
  {
    title: 'a rule of a NetworkPolicy names its peers, none of them everyone, and its ports',
    type: 'network_policy_v1',
    suits: (one) => rulesOf(one).length > 0,
    holds: (one) =>
      rulesOf(one).every(
        (rule) =>
          peersOf(rule).length > 0 &&
          rule.ports?.length > 0 &&
          peersOf(rule).every(
            (peer) =>
              (peer.ip_block !== undefined || peer.pod_selector !== undefined || peer.namespace_selector !== undefined) &&
              !/^(0\.0\.0\.0\/0|::\/0)$/.test(peer.ip_block?.cidr ?? '') &&
              JSON.stringify(peer.namespace_selector) !== '{}',
          ),
      ),
    breaks: [
      (one) => {
        for (const rule of rulesOf(one)) for (const side of ['from', 'to']) delete rule[side];
      },
      (one) => delete rulesOf(one)[0].ports,
      (one) => {
        for (const rule of rulesOf(one)) rule.from = [{ ip_block: { cidr: '0.0.0.0/0' } }];
      },
      (one) => {
        for (const rule of rulesOf(one)) rule.from = [{ namespace_selector: {} }];
      },
    ],
  },
  {
    title: 'a NetworkPolicy allows one direction or denies both',
    type: 'network_policy_v1',
    suits: (one) => rulesOf(one).length > 0,
    holds: ({ spec }) =>
      spec.policy_types.length === 2
        ? spec.ingress === undefined && spec.egress === undefined
        : spec.policy_types.length === 1 && (spec.policy_types[0] === 'Ingress' ? spec.egress === undefined : spec.ingress === undefined),
    breaks: [
      (one) => {
        one.spec.policy_types = ['Ingress', 'Egress'];
      },
      (one) => {
        one.spec.policy_types = [];
      },
    ],
  },
  {
    title: 'a namespace enforces the strictest level of Pod Security',
    type: 'namespace_v1',
    holds: ({ metadata }) => metadata.labels['pod-security.kubernetes.io/enforce'] === 'restricted',
    breaks: [
      ({ metadata }) => {
        metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline';
      },
    ],
  },
  {
    title: 'a namespace has no ports on nodes',
    type: 'resource_quota_v1',
    suits: (one) => one.metadata.name === 'exposure' || one.spec.hard['services.nodeports'] !== undefined,
    holds: ({ spec }) => spec.hard['services.nodeports'] === undefined || spec.hard['services.nodeports'] === '0',
    breaks: [
      ({ spec }) => {
        spec.hard['services.nodeports'] = '1';
      },
    ],
  },
  {
    title: 'a Service opens no port on nodes and takes no address of its own choice',
    type: 'service_v1',
    suits: ({ spec }) => spec.type === 'LoadBalancer',
    holds: ({ spec }) => spec.type !== 'NodePort' && (spec.external_ips ?? []).length === 0,
    breaks: [
      ({ spec }) => {
        spec.type = 'NodePort';
      },
      ({ spec }) => {
        spec.external_ips = ['203.0.113.1'];
      },
    ],
  },
];
