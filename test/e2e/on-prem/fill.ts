import type { Kubectl, KubernetesObject } from '../harness/kubectl';
import type { Pod } from './tiers';

interface DeviceNode extends KubernetesObject {
  readonly status: { readonly allocatable: Readonly<Record<string, string>> };
}

interface RunningPod extends Pod {
  readonly spec: Pod['spec'] & {
    readonly containers: readonly { readonly resources?: { readonly limits?: Readonly<Record<string, string>> } }[];
  };
}

/** Namespace of the pods that occupy devices. */
const namespace = 'others';

/** Occupies every free device of a cluster, except some on one node. */
export async function fillDevices(
  kubectl: Kubectl,
  resource: string,
  spare: { readonly node: string; readonly devices: number },
): Promise<void> {
  await kubectl.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
  await kubectl.apply([account]);
  const pods = await kubectl.list<RunningPod>('pod', '--all-namespaces');
  const takers = (await kubectl.list<DeviceNode>('node')).flatMap(({ metadata: { name }, status }) => {
    const held = pods.filter(({ spec }) => spec.nodeName === name).reduce((sum, pod) => sum + devicesOf(pod, resource), 0);
    const free = Number(status.allocatable[resource] ?? 0) - held - (name === spare.node ? spare.devices : 0);
    return free > 0 ? [taker(name, resource, free)] : [];
  });
  await kubectl.apply(takers);
}

function devicesOf({ spec: { containers } }: RunningPod, resource: string): number {
  return containers.reduce((sum, { resources }) => sum + Number(resources?.limits?.[resource] ?? 0), 0);
}

/** A pod with a node name, so that the scheduler only counts its requests. */
function taker(nodeName: string, resource: string, devices: number): object {
  const container = { name: 'taker', image: 'taker', resources: { limits: { [resource]: String(devices) } } };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `taker-${nodeName}`, namespace }, spec: { nodeName, containers: [container] } };
}
