import {
  NetworkPolicyV1,
  type NetworkPolicyV1SpecEgressPorts,
  type NetworkPolicyV1SpecEgressTo,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { Construct } from 'constructs';
import { compareCidrs } from '../../core/addresses';
import { namespaceNameLabel, objectLabels, roleLabel } from '../../core/labels';
import { byCodeUnit } from '../../core/order';

/** Peer of a NetworkPolicy rule. Ingress and egress peers have the same type. */
export type Peer = NetworkPolicyV1SpecEgressTo;

/** Label selector of pods in a namespace. */
export type Pods = NonNullable<Peer['podSelector']>;

/** Destination port on the pod, which can differ from the port of the Service. */
export interface Port {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Selects all pods of a namespace that do not belong to the termination tier. */
export const workloads: Pods = { matchExpressions: [{ key: roleLabel, operator: 'DoesNotExist' }] };

/** Selects pods that have all of the labels. */
export function labelled(labels: Readonly<Record<string, string>>): Pods {
  return { matchLabels: { ...labels } };
}

/** Peer for pods of a namespace, selected by the name label that the API server sets. */
export function podsOf(namespace: string, pods?: Pods): Peer {
  return { namespaceSelector: { matchLabels: { [namespaceNameLabel]: namespace } }, ...(pods && { podSelector: pods }) };
}

/** Peers for CIDR blocks, sorted and without duplicates. */
export function addresses(cidrs: readonly string[]): Peer[] {
  return [...new Set(cidrs)].sort(compareCidrs).map((cidr) => ({ ipBlock: { cidr } }));
}

/** An allow rule of a zone, emitted as a NetworkPolicy. */
export interface NetworkPolicyRule {
  readonly name: string;
  readonly pods: Pods;
  readonly direction: 'ingress' | 'egress';
  readonly peers: readonly Peer[];
  readonly ports: readonly Port[];
}

function portList(ports: readonly Port[]): NetworkPolicyV1SpecEgressPorts[] {
  const unique = new Map(ports.map(({ port, protocol }) => [`${protocol}/${port}`, { port: String(port), protocol }]));
  return [...unique.values()].sort((one, other) => Number(one.port) - Number(other.port) || byCodeUnit(one.protocol, other.protocol));
}

/** Namespace and labels of a zone's NetworkPolicies. */
export interface PolicyScope {
  readonly estate: string;
  readonly zone: string;
  readonly namespace: string;
}

function metadata({ estate, zone, namespace }: PolicyScope, name: string) {
  return { name, namespace, labels: objectLabels(estate, zone) };
}

/** NetworkPolicy that denies all ingress and egress of a zone's pods that no other policy allows. */
export function denyByDefault(scope: Construct, at: PolicyScope): NetworkPolicyV1 {
  return new NetworkPolicyV1(scope, 'default-deny', {
    metadata: metadata(at, 'default-deny'),
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
}

/** Adds the NetworkPolicy of a rule. A rule without peers is left out, because Kubernetes treats an empty peer list as all peers. */
export function allow(
  scope: Construct,
  at: PolicyScope,
  { name, pods, direction, peers, ports }: NetworkPolicyRule,
): NetworkPolicyV1 | undefined {
  if (peers.length === 0 || ports.length === 0) return undefined;
  const rule = { ports: portList(ports) };
  return new NetworkPolicyV1(scope, name.replaceAll('.', '_'), {
    metadata: metadata(at, name),
    spec: {
      podSelector: pods,
      ...(direction === 'ingress'
        ? { policyTypes: ['Ingress'], ingress: [{ ...rule, from: [...peers] }] }
        : { policyTypes: ['Egress'], egress: [{ ...rule, to: [...peers] }] }),
    },
  });
}
