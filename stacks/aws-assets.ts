import { writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { DefaultStackSynthesizer, FileAssetPackaging, type Stack, Stage } from 'aws-cdk-lib/core';
import { sha256 } from '../lib/core/digest';
import type { ContentNamedFile } from '../lib/tls/boot/input';

/** Returns the name of the bucket for assets of a stack, which the CDK bootstrap created. */
export function assetBucket(stack: Stack): string {
  const { synthesizer, account, region } = stack;
  const qualifier = synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  return `cdk-${qualifier}-assets-${account}-${region}`;
}

/**
 * Adds a file to the assets of a stack, named by the digest of its content, so that earlier versions remain available.
 *
 * The file is written directly into the assembly, so that the output contains no path of this machine.
 */
export function contentNamedAsset(stack: Stack, name: string, text: string): ContentNamedFile {
  const stage = Stage.of(stack);
  if (!stage) throw new RangeError(`stack ${stack.stackName} is not inside an App`);
  const digest = sha256(text).replace('sha256:', '');
  const key = `${digest}${extname(name)}`;
  const path = join(stage.assetOutdir, `asset.${key}`);
  writeFileSync(path, text);
  stack.synthesizer.addFileAsset({ sourceHash: digest, packaging: FileAssetPackaging.FILE, fileName: relative(stage.outdir, path) });
  return { bucket: assetBucket(stack), key, digest };
}
