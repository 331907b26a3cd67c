import type { Construct } from 'constructs';
import { DescribedConstruct } from '../core/described';
import type { EndpointProps } from './props';

/** One TLS service of a zone; made by `Zone.addEndpoint`. */
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
