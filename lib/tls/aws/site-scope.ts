import type { CloudSiteScope } from '../../core/scope/cloud';
import type { ContentNamedFile } from '../boot/input';

/** What tiers need of a site beyond what every backend knows of it. */
export interface TierSiteScope extends CloudSiteScope {
  readonly machineImageParameter: string;
  readonly rootDeviceName: string;
  /** Repository of the image, with registry host. */
  readonly imageRepository: string;
  /** Name of the stack of a zone's tier. */
  readonly stack: string;
  /** Puts a text among the stack's assets, under a name that is its content's digest. */
  addFile(name: string, text: string): ContentNamedFile;
}
