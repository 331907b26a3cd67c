import type { CloudSiteScope } from '../../core/scope/cloud';
import type { ContentNamedFile } from '../boot/input';

/** The scope of a cloud site, with the attributes that only tiers use. */
export interface TierSiteScope extends CloudSiteScope {
  readonly machineImageParameter: string;
  readonly rootDeviceName: string;
  /** Image repository in ECR, including the registry host. */
  readonly imageRepository: string;
  /** Name of the CloudFormation stack with the zone's tier. */
  readonly stack: string;
  /** Adds a text file to the stack's assets; its key is the digest of its content. */
  addFile(name: string, text: string): ContentNamedFile;
}
