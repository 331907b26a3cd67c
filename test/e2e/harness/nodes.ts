/** Identical nodes in one failure domain. */
export interface NodePool {
  readonly failureDomain: string;
  readonly count: number;
  readonly cpus: number;
  readonly memory: string;
  /** Extended resources of a device plugin, such as `qat.intel.com/asym`. */
  readonly devices?: Readonly<Record<string, number>>;
  /** Labels of node feature discovery. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly hugepages?: string;
}

/** Node objects of some pools; kwok reports them as ready. */
export function nodeObjects(pools: readonly NodePool[]): object[] {
  return pools.flatMap((pool, position) =>
    Array.from({ length: pool.count }, (_, index) => nodeObject(`${pool.failureDomain}-${position}-${index}`, pool)),
  );
}

function nodeObject(name: string, { failureDomain, cpus, memory, devices = {}, labels = {}, hugepages }: NodePool): object {
  const amounts = {
    cpu: String(cpus),
    memory,
    pods: '110',
    ...(hugepages ? { 'hugepages-2Mi': hugepages } : {}),
    ...Object.fromEntries(Object.entries(devices).map(([resource, count]) => [resource, String(count)])),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': failureDomain,
        ...labels,
      },
    },
    status: { capacity: amounts, allocatable: amounts },
  };
}
