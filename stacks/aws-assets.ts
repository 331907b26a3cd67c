import { writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { DefaultStackSynthesizer, FileAssetPackaging, type Stack, Stage } from 'aws-cdk-lib/core';
import { sha256 } from '../lib/core/digest';
import type { ContentNamedFile } from '../lib/tls/boot/input';

/** Name of the bucket that holds a stack's assets: the one that the account was bootstrapped with. */
export function assetBucket(stack: Stack): string {
  const { synthesizer, account, region } = stack;
  const qualifier = synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  return `cdk-${qualifier}-assets-${account}-${region}`;
}

/**
 * Puts a text among a stack's assets under a name that is its content's digest: another content is another file, and the old one stays.
 *
 * It is written straight into the assembly, so that no path of this machine is part of what is emitted.
 */
export function contentNamedAsset(stack: Stack, name: string, text: string): ContentNamedFile {
  const stage = Stage.of(stack);
  if (!stage) throw new RangeError(`stack ${stack.stackName} stands in no App`);
  const digest = sha256(text).replace('sha256:', '');
  const key = `${digest}${extname(name)}`;
  const path = join(stage.assetOutdir, `asset.${key}`);
  writeFileSync(path, text);
  stack.synthesizer.addFileAsset({ sourceHash: digest, packaging: FileAssetPackaging.FILE, fileName: relative(stage.outdir, path) });
  return { bucket: assetBucket(stack), key, digest };
}
