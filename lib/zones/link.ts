import type { Construct } from 'constructs';
import { DescribedConstruct, idOf, type Reference } from '../core/described';
import type { LinkProps } from './props';

export interface LinkOptions extends Omit<LinkProps, 'between'> {
  /** The two sites. */
  readonly between: readonly [Reference, Reference];
}

/** What joins two sites; without one nothing crosses. */
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
