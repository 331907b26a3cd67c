import type { CloudZonePlan } from '../../zones/plan-schema';
import type { TierPlan } from '../plan-schema';

/** A file in a bucket, named by its content. */
export interface ContentNamedFile {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly digest: string;
}

/** What an instance of a tier has to know to become one. */
export interface BootInput {
  readonly site: string;
  readonly region: string;
  readonly zone: CloudZonePlan;
  readonly tier: TierPlan;
  /** Repository and digest: `<repository>@sha256:<digits>`. */
  readonly image: string;
  readonly configuration: ContentNamedFile;
  readonly capacity: ContentNamedFile;
  /** What a hardware tier's instance needs beside to go on in software where its devices do not work. */
  readonly acceleration?: {
    readonly softwareCapacity: ContentNamedFile;
    readonly proof: ContentNamedFile;
    readonly prove: ContentNamedFile;
  };
  /** Which resource waits for the instance's word, and how many seconds after its launch the instance gives up. */
  readonly signal: { readonly stack: string; readonly resource: string; readonly deadlineSeconds: number };
}
