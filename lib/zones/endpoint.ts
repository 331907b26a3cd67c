import type { Construct } from 'constructs';
import { DescribedConstruct } from '../core/described';
import type { EndpointProps } from './props';

/**
 * One TLS service of a zone.
 *
 * @see {@link Zone.addEndpoint}, which creates it
 */
export class Endpoint extends DescribedConstruct<EndpointProps> {
  constructor(
    zone: Construct,
    id: string,
    private readonly props: EndpointProps,
  ) {
    super(zone, id);
  }

  override toSpec(): EndpointProps {
    return this.props;
  }
}
