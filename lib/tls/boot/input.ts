import type { CloudZonePlan } from '../../zones/plan-schema';
import type { TierPlan } from '../plan-schema';

/** A file in an S3 bucket whose key is derived from its content. */
export interface ContentNamedFile {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly digest: string;
}

/** Everything that the boot script of a tier's instances is rendered from. */
export interface BootInput {
  readonly site: string;
  readonly region: string;
  readonly zone: CloudZonePlan;
  readonly tier: TierPlan;
  /** Image reference with digest: `<repository>@sha256:<digits>`. */
  readonly image: string;
  readonly configuration: ContentNamedFile;
  readonly capacity: ContentNamedFile;
  /** Hardware tiers only: files for the self-test, and for software fallback if devices do not work. */
  readonly acceleration?: {
    readonly softwareCapacity: ContentNamedFile;
    readonly selfTest: ContentNamedFile;
    readonly selfTestScript: ContentNamedFile;
  };
  /** CloudFormation resource that waits for the instance's signal, and seconds after launch at which the instance gives up. */
  readonly signal: { readonly stack: string; readonly resource: string; readonly deadlineSeconds: number };
}
