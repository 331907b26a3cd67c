import {
  NetworkPolicyV1,
  type NetworkPolicyV1SpecEgressPorts,
  type NetworkPolicyV1SpecEgressTo,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { Construct } from 'constructs';
import { compareCidrs } from '../../core/addresses';
import { namespaceNameLabel, objectLabels, roleLabel } from '../../core/labels';
import { byCodeUnit } from '../../core/order';

/** The other end of a connection; both directions have the same type. */
export type Peer = NetworkPolicyV1SpecEgressTo;

/** Which pods of a namespace. */
export type Pods = NonNullable<Peer['podSelector']>;

/** A destination port of a pod, after any translation by a Service. */
export interface Port {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Every pod of a namespace that ends no TLS for its zone. */
export const workloads: Pods = { matchExpressions: [{ key: roleLabel, operator: 'DoesNotExist' }] };

/** Pods that carry all of the labels. */
export function labelled(labels: Readonly<Record<string, string>>): Pods {
  return { matchLabels: { ...labels } };
}

/** Pods of a namespace, by the name that the API server itself vouches for. */
export function podsOf(namespace: string, pods?: Pods): Peer {
  return { namespaceSelector: { matchLabels: { [namespaceNameLabel]: namespace } }, ...(pods && { podSelector: pods }) };
}

/** Addresses, in order and without repetition. */
export function addresses(cidrs: readonly string[]): Peer[] {
  return [...new Set(cidrs)].sort(compareCidrs).map((cidr) => ({ ipBlock: { cidr } }));
}

/** One rule of a zone: which of its pods, in which direction, with whom, at which ports. */
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

/** Where a zone's policies are written. */
export interface PolicyScope {
  readonly estate: string;
  readonly zone: string;
  readonly namespace: string;
}

function metadata({ estate, zone, namespace }: PolicyScope, name: string) {
  return { name, namespace, labels: objectLabels(estate, zone) };
}

/** Denies every pod of a zone everything in both directions, but for what another policy allows. */
export function denyByDefault(scope: Construct, at: PolicyScope): NetworkPolicyV1 {
  return new NetworkPolicyV1(scope, 'default-deny', {
    metadata: metadata(at, 'default-deny'),
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
}

/** Writes one rule; one without peers allows nobody and is left out, since a rule without peers would admit all. */
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
