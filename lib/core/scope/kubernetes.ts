/** What backends of different domains know of one site on Kubernetes; filled in `stacks/`, so that no domain's backend imports another's. */
export interface KubernetesSiteScope {
  readonly site: string;
  /** Name of a zone's namespace: the zone's id. */
  namespace(zone: string): string;
}
