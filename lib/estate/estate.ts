import { type IConstruct, RootConstruct } from 'constructs';
import { type DescribedConstruct, unlessEmpty } from '../core/described';
import type { ThingMap } from '../core/domain';
import { callerPlace } from '../core/place';
import { DescriptionError, type Place, type Problem, problem, quote, UsageError } from '../core/problem';
import type { HaproxyProps, ProfileProps } from '../tls/props';
import { CloudSite } from './cloud-site';
import { thingMaps } from './domains';
import { OnPremSite } from './on-prem-site';
import type { EstateDescription } from './spec';

export interface EstateProps {
  /** The HAProxy that every termination tier runs. */
  readonly haproxy: HaproxyProps;
  /**
   * The firm's own TLS profiles, keyed by name.
   *
   * @default {}
   */
  readonly profiles?: Readonly<Record<string, ProfileProps>>;
}

const brand = Symbol.for('diptych.Estate');

/** The kinds of thing an estate holds, by the name of their map in the description. */
const collections = new Map<string, ThingMap['constructs']>([
  ['sites', [OnPremSite, CloudSite]],
  ...Object.entries(thingMaps).map(([name, { constructs }]) => [name, constructs] as const),
]);

/**
 * Root of a description: everything that one firm deploys with Diptych.
 *
 * An estate is a construct tree of its own and is independent of the CDK and of Terraform.
 *
 * @example
 * import assert from 'node:assert/strict';
 * import { Estate, External } from 'diptych';
 *
 * const estate = new Estate('acme', {
 *   haproxy: { imageDigest: `sha256:${'0'.repeat(64)}`, version: '3.0', tlsLibrary: { name: 'openssl', version: '3.5' } },
 * });
 * new External(estate, 'members', { cidrs: ['198.51.100.0/24'] });
 * assert.deepEqual(estate.toSpec().externals, { members: { cidrs: ['198.51.100.0/24'] } });
 */
export class Estate extends RootConstruct {
  /** Whether a value is an estate, be it of another copy of this package. */
  static isEstate(value: unknown): value is Estate {
    return typeof value === 'object' && value !== null && brand in value;
  }

  /**
   * The estate that a construct is part of.
   *
   * @throws {UsageError} EST010 where it is part of none
   */
  static of(construct: IConstruct): Estate {
    const estate = construct.node.scopes.find(Estate.isEstate);
    if (!estate)
      throw new UsageError(
        'EST010',
        construct.node.path,
        `Cannot find the estate as the construct is part of none: current value is ${quote(construct.node.path)}`,
      );
    return estate;
  }

  /** Where the author's code makes it. */
  readonly place: Place | undefined;

  constructor(
    readonly id: string,
    private readonly props: EstateProps,
  ) {
    super();
    Object.defineProperty(this, brand, { value: true });
    this.place = callerPlace(this);
  }

  /**
   * The very object that a description written as YAML holds.
   *
   * @throws {DescriptionError} EST009 where two things of one kind have the same id
   */
  toSpec(): EstateDescription {
    const things = this.things();
    const problems = things.flatMap((thing, index) => repeated(thing, things.slice(0, index)));
    if (problems.length > 0) throw new DescriptionError(problems);
    const mapOf = (collection: string) =>
      Object.fromEntries(
        things.filter((thing) => thing.collection === collection).map(({ construct }) => [construct.node.id, construct.toSpec()]),
      );
    const { haproxy, ...given } = this.props;
    const maps = Object.fromEntries(Object.keys(thingMaps).map((name) => [name, mapOf(name)]));
    return {
      estate: this.id,
      haproxy,
      sites: mapOf('sites'),
      ...unlessEmpty({ ...maps, ...given }),
      zones: mapOf('zones'),
    } as EstateDescription;
  }

  /** Where a path of the description was written, or the nearest thing above it. */
  placeOf(path: string): Place | undefined {
    const places = this.places();
    const segments = path.split('/');
    const nearest = segments.map((_, index) => segments.slice(0, segments.length - index).join('/')).find((above) => places.has(above));
    return (nearest && places.get(nearest)) || this.place;
  }

  private places(): Map<string, Place | undefined> {
    return new Map(
      this.things().flatMap(({ path, construct }): [string, Place | undefined][] => [
        [path, construct.place],
        ...[...construct.innerPlaces].map(([inner, place]): [string, Place | undefined] => [`${path}/${inner}`, place]),
      ]),
    );
  }

  private things(): Thing[] {
    return this.node.findAll().flatMap((construct) => {
      const [collection] = [...collections].find(([, kinds]) => kinds.some((kind) => construct instanceof kind)) ?? [];
      if (!collection) return [];
      return [{ collection, path: `${collection}/${construct.node.id}`, construct: construct as DescribedConstruct<object> }];
    });
  }
}

interface Thing {
  readonly collection: string;
  readonly path: string;
  readonly construct: DescribedConstruct<object>;
}

function repeated({ path, construct }: Thing, earlier: readonly Thing[]): Problem[] {
  if (!earlier.some((other) => other.path === path)) return [];
  const found = problem('EST009', path, {
    cannot: `describe ${construct.node.id} twice`,
    as: 'an id names one thing of its kind in the whole estate',
    value: construct.node.path,
    fix: 'Give one of the two another id.',
  });
  return [{ ...found, place: construct.place }];
}
