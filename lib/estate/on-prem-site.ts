import type { Construct } from 'constructs';
import { DescribedConstruct } from '../core/described';
import type { OnPremSiteProps } from './props';

export interface OnPremSiteOptions extends Omit<OnPremSiteProps, 'kind'> {}

/** A place that runs on Kubernetes of its own. */
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
