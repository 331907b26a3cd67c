import type { Construct } from 'constructs';
import { DescribedConstruct, idOf, type Reference } from '../core/described';
import type { ExternalProps } from './props';

export interface ExternalOptions extends Omit<ExternalProps, 'sites'> {
  /**
   * The sites at which it arrives.
   *
   * @default - all
   */
  readonly sites?: readonly Reference[];
}

/** A named network outside: clients, an exchange, a vendor. */
export class External extends DescribedConstruct<ExternalProps> {
  constructor(
    scope: Construct,
    id: string,
    private readonly options: ExternalOptions,
  ) {
    super(scope, id);
  }

  override toSpec(): ExternalProps {
    const { sites, ...rest } = this.options;
    return { ...rest, ...(sites ? { sites: sites.map(idOf) } : {}) };
  }
}
