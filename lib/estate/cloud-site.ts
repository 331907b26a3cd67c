import type { Construct } from 'constructs';
import { DescribedConstruct } from '../core/described';
import type { CloudSiteProps } from './props';

export interface CloudSiteOptions extends Omit<CloudSiteProps, 'kind'> {}

/** A place in the cloud: an AWS account and region. */
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
