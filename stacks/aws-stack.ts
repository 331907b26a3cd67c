import { type CfnElement, CfnOutput, DefaultStackSynthesizer, Fn, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type CloudStackPart, stackDescription, stackName } from '../lib/artifacts/stack-kinds';
import { partitionOf } from '../lib/core/partition';
import type { CloudSitePlan } from '../lib/estate/plan-schema';

/** What a stack of a site is for. */
export interface SiteStackProps {
  readonly part: CloudStackPart;
  readonly estate: string;
  /** Whether it refuses to be deleted. */
  readonly terminationProtection: boolean;
}

/**
 * One of a cloud site's stacks: its environment, its bootstrap, its tags, and the values that it exports.
 *
 * Values cross by exports under names of their own. CloudFormation refuses to delete or replace what another stack still imports,
 * whereas an unexported output could be taken away under running tiers: a zone that goes leaves the tiers' stack first.
 */
export class SiteStack extends Stack {
  private readonly exports: Construct;
  private readonly logicalIds = new Map<CfnElement, string>();

  constructor(
    scope: Construct,
    private readonly site: CloudSitePlan,
    { part, estate, terminationProtection }: SiteStackProps,
  ) {
    const { account, region, bootstrapQualifier, tags } = site;
    super(scope, stackName(site.id, part), {
      stackName: stackName(site.id, part),
      description: stackDescription({ estate, site: site.id }, part),
      env: { account, region },
      tags,
      terminationProtection,
      synthesizer: new DefaultStackSynthesizer(bootstrapQualifier === undefined ? {} : { qualifier: bootstrapQualifier }),
    });
    this.exports = new Construct(this, 'Shown');
    Validations.of(this).acknowledge({ id: 'CloudFormation-Validate::W3010', reason: 'a site declares its availability zones' });
  }

  override get availabilityZones(): string[] {
    return [...this.site.availabilityZones];
  }

  /** Known from the region, whatever the App's flags: the CDK's own answer loads all that it knows of every region. */
  override get partition(): string {
    return partitionOf(this.region);
  }

  /** The same as ever, but made once: the CDK hashes an element's path anew for every reference to it. */
  protected override allocateLogicalId(element: CfnElement): string {
    const known = this.logicalIds.get(element);
    if (known !== undefined) return known;
    const made = super.allocateLogicalId(element);
    this.logicalIds.set(element, made);
    return made;
  }

  /** Exports a value to the stacks that are deployed after this one. */
  addExport(name: string, value: string): void {
    new CfnOutput(this.exports, name, { value, exportName: exportNameOf(this.stackName, name) });
  }
}

/** Name of the CloudFormation export of a value of a stack. */
export function exportNameOf(stack: string, name: string): string {
  return `${stack}:${name}`;
}

/** Reference to a value that another stack exports. */
export function importedValue(stack: string, name: string): string {
  return Fn.importValue(exportNameOf(stack, name));
}
