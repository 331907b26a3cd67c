import type { Construct } from 'constructs';
import { DescribedConstruct, idOf, type Reference } from '../core/described';
import type { ExternalProps } from './props';

/** Properties of an {@link External}, with sites given as constructs or ids. */
export interface ExternalOptions extends Omit<ExternalProps, 'sites'> {
  /**
   * Sites where traffic of the network arrives.
   *
   * @default - all sites of the estate
   */
  readonly sites?: readonly Reference[];
}

/**
 * A network outside the estate, such as clients, an exchange or a vendor.
 *
 * @example
 * import { Estate, External } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * new External(estate, 'members', { cidrs: ['198.51.100.0/24'] });
 */
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
