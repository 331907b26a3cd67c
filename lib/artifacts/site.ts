/** A site as a target of deployment: its location, and the identity that is checked before anything is changed. */
export type Site = CloudSite | OnPremSite;

/** AWS account and region. */
export interface CloudSite {
  readonly kind: 'cloud';
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

/** Kubernetes cluster. */
export interface OnPremSite {
  readonly kind: 'on-prem';
  readonly id: string;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Value of the label `diptych/site` on namespace `kube-system`. */
  readonly clusterIdentity: string;
}

/** Kind of a site. */
export type Half = Site['kind'];
