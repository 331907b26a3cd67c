import type { Construct } from 'constructs';
import { DescribedConstruct } from '../core/described';
import type { CloudSiteProps } from './props';

export interface CloudSiteOptions extends Omit<CloudSiteProps, 'kind'> {}

/**
 * A cloud site: one AWS account and region.
 *
 * @example
 * import { CloudSite, Estate } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * new CloudSite(estate, 'dublin', {
 *   account: '111122223333',
 *   region: 'eu-west-1',
 *   availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
 *   cidr: '10.16.0.0/16',
 *   s3: { prefixList: 'pl-6da54004', cidrs: ['3.5.64.0/21', '52.218.0.0/17'] },
 *   instanceTypes: { software: ['c7i.large', 'c7i.xlarge'], hardware: ['c7i.metal-24xl'] },
 *   machineImageParameter: '/acme/images/tls-tier',
 *   imageRepository: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/platform/haproxy',
 * });
 */
export class CloudSite extends DescribedConstruct<CloudSiteProps> {
  constructor(
    scope: Construct,
    id: string,
    private readonly options: CloudSiteOptions,
  ) {
    super(scope, id);
  }

  override toSpec(): CloudSiteProps {
    return { kind: 'cloud', ...this.options };
  }
}
