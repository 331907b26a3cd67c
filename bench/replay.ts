/** Reads emitted artifacts and creates every resource again with a `Maker`. Stacks, outputs and assets are created by shared code. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, type CfnResource, DefaultStackSynthesizer, FileAssetPackaging, Stack } from 'aws-cdk-lib/core';
import { App as TerraformApp, type TerraformElement, TerraformStack } from 'cdktf';
import { appOptions } from '../stacks/app-options';
import { reportUsage } from './usage';

export type Json = Record<string, unknown>;

/** Creates resources of both CDKs. */
export interface Maker {
  resource(stack: Stack, logicalId: string, type: string, properties: Json): CfnResource;
  block(stack: TerraformStack, id: string, kind: BlockKind, type: string, attributes: Json): TerraformElement;
}

export type BlockKind = 'provider' | 'data' | 'resource';

interface Template {
  Resources?: Record<string, { Type: string; Properties?: Json } & Json>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
}

interface AssetFile {
  source: { path: string };
}

type Blocks = Record<string, Record<string, Json>>;

const read = (...path: string[]): Json => JSON.parse(readFileSync(join(...path), 'utf8'));

function replayTemplate(stack: Stack, template: Template, maker: Maker): void {
  for (const [logicalId, { Type, Properties, ...attributes }] of Object.entries(template.Resources ?? {})) {
    const resource = maker.resource(stack, logicalId, Type, Properties ?? {});
    resource.overrideLogicalId(logicalId);
    for (const [name, value] of Object.entries(attributes)) resource.addOverride(name, value);
  }
  for (const [logicalId, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
    const props = { value: Value as string, ...(Export && { exportName: Export.Name }) };
    new CfnOutput(stack, `Output${logicalId}`, props).overrideLogicalId(logicalId);
  }
}

function replayAssets(stack: Stack, folder: string, assets: Json): void {
  for (const [sourceHash, { source }] of Object.entries((assets.files ?? {}) as Record<string, AssetFile>)) {
    if (source.path.endsWith('.template.json')) continue;
    stack.synthesizer.addFileAsset({ fileName: join(folder, source.path), sourceHash, packaging: FileAssetPackaging.FILE });
  }
}

function replayCloud(from: string, outdir: string, maker: Maker): void {
  const app = new App(appOptions(outdir));
  const { artifacts } = read(from, 'manifest.json') as {
    artifacts: Record<string, { type: string; properties: { templateFile: string } }>;
  };
  for (const [name, { type, properties }] of Object.entries(artifacts)) {
    if (type !== 'aws:cloudformation:stack') continue;
    const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
    const stack = new Stack(app, name, { synthesizer });
    replayTemplate(stack, read(from, properties.templateFile) as Template, maker);
    replayAssets(stack, from, read(from, `${name}.assets.json`));
  }
  app.synth();
}

function replayStack(app: TerraformApp, name: string, content: Json, maker: Maker): void {
  const stack = new TerraformStack(app, name);
  for (const [type, providers] of Object.entries((content.provider ?? {}) as Record<string, Json[]>)) {
    for (const attributes of providers) maker.block(stack, type, 'provider', type, attributes);
  }
  for (const kind of ['data', 'resource'] as const) {
    for (const [type, named] of Object.entries((content[kind] ?? {}) as Blocks)) {
      for (const [id, { '//': _metadata, ...attributes }] of Object.entries(named)) {
        maker.block(stack, `${type}.${id}`, kind, type, attributes).overrideLogicalId(id);
      }
    }
  }
}

function replayOnPrem(from: string, outdir: string, maker: Maker): void {
  mkdirSync(outdir, { recursive: true });
  const app = new TerraformApp({ outdir });
  const { stacks } = read(from, 'manifest.json') as { stacks: Record<string, { synthesizedStackPath: string }> };
  for (const [name, { synthesizedStackPath }] of Object.entries(stacks)) replayStack(app, name, read(from, synthesizedStackPath), maker);
  app.synth();
}

/** Replays the artifacts in the first folder of the command line into the second, and reports the resources used. */
export function replay(maker: Maker): void {
  const [from = '.', out = '.'] = process.argv.slice(2);
  replayCloud(join(from, 'cdk.out'), join(out, 'cdk.out'), maker);
  replayOnPrem(join(from, 'cdktf.out'), join(out, 'cdktf.out'), maker);
  reportUsage();
}
