import { type IConstruct, RootConstruct } from 'constructs';
import { type DescribedConstruct, unlessEmpty } from '../core/described';
import type { ThingMap } from '../core/domain';
import { callerPlace } from '../core/place';
import { DescriptionError, type Place, type Problem, UsageError } from '../core/problem';
import type { HaproxyProps, ProfileProps } from '../tls/props';
import { CloudSite } from './cloud-site';
import { loadingProblem } from './codes';
import { thingMaps } from './domains';
import { OnPremSite } from './on-prem-site';
import type { EstateDescription } from './spec';

export interface EstateProps {
  /** The HAProxy that every termination tier runs. */
  readonly haproxy: HaproxyProps;
  /**
   * TLS profiles of the firm, keyed by name.
   *
   * @default {}
   */
  readonly profiles?: Readonly<Record<string, ProfileProps>>;
}

const brand = Symbol.for('diptych.Estate');

/** Constructs of an estate, keyed by the attribute of the description that contains them. */
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
  /** True for an estate, including one of another copy of this package. */
  static isEstate(value: unknown): value is Estate {
    return typeof value === 'object' && value !== null && brand in value;
  }

  /**
   * Returns the estate that a construct is part of.
   *
   * @throws {UsageError} EST010 if the construct is not part of an estate
   */
  static of(construct: IConstruct): Estate {
    const estate = construct.node.scopes.find(Estate.isEstate);
    if (!estate)
      throw new UsageError('EST010', construct.node.path, 'the construct is not part of an estate; it must be created inside an Estate');
    return estate;
  }

  /** Position of the call of the constructor in the user's code. */
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
   * Returns the description as data, equal to what the same description in YAML contains.
   *
   * @throws {DescriptionError} EST009 if two constructs of one kind have the same id
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

  /** Returns the position of the construct that contains a path of the description. */
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

function repeated({ path, construct, collection }: Thing, earlier: readonly Thing[]): Problem[] {
  const first = earlier.find((other) => other.path === path);
  if (!first) return [];
  const found = loadingProblem('EST009', path, {
    wrong: `constructs ${first.construct.node.path} and ${construct.node.path} have the same id`,
    rule: `ids of ${collection} must be unique in the estate`,
    fix: 'Give one of them another id.',
  });
  return [{ ...found, place: construct.place }];
}
