/** What backends of different domains know of one site on Kubernetes; filled in `stacks/`, so that no domain's backend imports another's. */
export interface KubernetesSiteScope {
  readonly estate: string;
  readonly site: string;
  readonly podCidr: string;
  /** Label of nodes that names their failure domain. */
  readonly failureDomainLabel: string;
  /** Label, with value `true`, of the nodes that have acceleration devices, where there are any. */
  readonly deviceNodeLabel?: string;
  readonly imageRepository: string;
  /** Whether namespaces are made here, or by others who keep their quotas and limits as well. */
  readonly namespaces: 'create' | 'existing';
  readonly platformFlows: readonly PlatformFlow[];
  /** Name of a zone's namespace, the zone's id; a reference to it in the stack that makes it. */
  namespace(zone: string): string;
  /** Name of the priority class of a criticality. */
  priorityClass(criticality: string): string;
}

/** What the platform needs of every tier at a site. */
export interface PlatformFlow {
  readonly id: string;
  /** Whether tiers open these connections or accept them. */
  readonly direction: 'egress' | 'ingress';
  /** Which pods of a zone: those of its tier, or its workloads as well. */
  readonly pods: 'tier' | 'all';
  readonly ports: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
  readonly namespace?: string;
  /** Labels of the peer in that namespace; all its pods where there are none. */
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly cidrs?: readonly string[];
}
