/** A site as deployment sees it: where it is, and how it proves that it is the one meant. */
export type Site = CloudSite | OnPremSite;

/** An account and region of AWS. */
export interface CloudSite {
  readonly kind: 'cloud';
  readonly id: string;
  readonly account: string;
  readonly region: string;
}

/** A cluster of Kubernetes. */
export interface OnPremSite {
  readonly kind: 'on-prem';
  readonly id: string;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Value of the label `diptych/site` on namespace `kube-system`. */
  readonly clusterIdentity: string;
}

/** Which half a site belongs to. */
export type Half = Site['kind'];
