import type { Construct } from 'constructs';
import { DescribedConstruct, idOf, type Reference } from '../core/described';
import type { LinkProps } from './props';

/** Properties of a {@link Link}, with sites given as constructs or ids. */
export interface LinkOptions extends Omit<LinkProps, 'between'> {
  /** The two sites that the link joins. */
  readonly between: readonly [Reference, Reference];
}

/**
 * A network connection between two sites. Sites without a link cannot reach each other.
 *
 * @example
 * import { Estate, Link } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * new Link(estate, 'backbone', {
 *   between: ['frankfurt', 'dublin'],
 *   kind: 'transit-gateway',
 *   transitGateway: { dublin: 'tgw-0a1b2c3d4e5f60718' },
 *   prefixes: { frankfurt: ['10.40.0.0/20', '10.41.0.0/20'], dublin: ['10.64.0.0/16'] },
 *   roundTripMilliseconds: 12,
 * });
 */
export class Link extends DescribedConstruct<LinkProps> {
  constructor(
    scope: Construct,
    id: string,
    private readonly options: LinkOptions,
  ) {
    super(scope, id);
  }

  override toSpec(): LinkProps {
    const [one, other] = this.options.between;
    return { ...this.options, between: [idOf(one), idOf(other)] };
  }
}
