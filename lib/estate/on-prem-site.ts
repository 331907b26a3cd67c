import type { Construct } from 'constructs';
import { DescribedConstruct } from '../core/described';
import type { OnPremSiteProps } from './props';

export interface OnPremSiteOptions extends Omit<OnPremSiteProps, 'kind'> {}

/**
 * An on-prem site: one Kubernetes cluster.
 *
 * @example
 * import { Estate, OnPremSite } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * new OnPremSite(estate, 'frankfurt', {
 *   context: 'frankfurt-production',
 *   clusterIdentity: 'acme-frankfurt',
 *   podCidr: '10.32.0.0/14',
 *   nodeCidr: '10.36.0.0/20',
 *   serviceCidr: '10.37.0.0/16',
 *   failureDomains: { names: ['rack-a', 'rack-b', 'rack-c'] },
 *   loadBalancerCidr: '10.40.0.0/20',
 *   imageRepository: 'registry.frankfurt.example.com/diptych/haproxy',
 * });
 */
export class OnPremSite extends DescribedConstruct<OnPremSiteProps> {
  constructor(
    scope: Construct,
    id: string,
    private readonly options: OnPremSiteOptions,
  ) {
    super(scope, id);
  }

  override toSpec(): OnPremSiteProps {
    return { kind: 'on-prem', ...this.options };
  }
}
