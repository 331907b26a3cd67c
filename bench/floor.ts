/** The floor: replays the resources of emitted artifacts through the raw constructs of both CDKs, and does nothing else. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, CfnResource, DefaultStackSynthesizer, FileAssetPackaging, Stack } from 'aws-cdk-lib/core';
import { App as TerraformApp, TerraformDataSource, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import { appOptions } from '../stacks/app-options';

type Json = Record<string, unknown>;

interface Template {
  Resources?: Record<string, { Type: string; Properties?: Json } & Json>;
  Outputs?: Record<string, { Value: unknown }>;
}

interface AssetFile {
  source: { path: string };
}

const read = (...path: string[]): Json => JSON.parse(readFileSync(join(...path), 'utf8'));

function replayTemplate(stack: Stack, template: Template): void {
  for (const [logicalId, { Type, Properties, ...attributes }] of Object.entries(template.Resources ?? {})) {
    const resource = new CfnResource(stack, logicalId, { type: Type, properties: Properties });
    resource.overrideLogicalId(logicalId);
    for (const [name, value] of Object.entries(attributes)) resource.addOverride(name, value);
  }
  for (const [logicalId, { Value }] of Object.entries(template.Outputs ?? {})) {
    new CfnOutput(stack, `Output${logicalId}`, { value: Value as string }).overrideLogicalId(logicalId);
  }
}

function replayAssets(stack: Stack, folder: string, assets: Json): void {
  for (const [sourceHash, { source }] of Object.entries((assets.files ?? {}) as Record<string, AssetFile>)) {
    if (source.path.endsWith('.template.json')) continue;
    stack.synthesizer.addFileAsset({ fileName: join(folder, source.path), sourceHash, packaging: FileAssetPackaging.FILE });
  }
}

function replayCloud(from: string, outdir: string): void {
  const app = new App({ ...appOptions(outdir) });
  const { artifacts } = read(from, 'manifest.json') as {
    artifacts: Record<string, { type: string; properties: { templateFile: string } }>;
  };
  for (const [name, { type, properties }] of Object.entries(artifacts)) {
    if (type !== 'aws:cloudformation:stack') continue;
    const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
    const stack = new Stack(app, name, { synthesizer });
    replayTemplate(stack, read(from, properties.templateFile) as Template);
    replayAssets(stack, from, read(from, `${name}.assets.json`));
  }
  app.synth();
}

class RawResource extends TerraformResource {
  attributes: Json = {};
  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

class RawDataSource extends TerraformDataSource {
  attributes: Json = {};
  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}

class RawProvider extends TerraformProvider {}

type Blocks = Record<string, Record<string, Json>>;

function replayStack(app: TerraformApp, name: string, content: Json): void {
  const stack = new TerraformStack(app, name);
  const replay = (blocks: unknown, Kind: typeof RawResource | typeof RawDataSource) => {
    for (const [terraformResourceType, named] of Object.entries((blocks ?? {}) as Blocks)) {
      for (const [id, attributes] of Object.entries(named)) {
        const element = new Kind(stack, `${terraformResourceType}.${id}`, { terraformResourceType });
        element.overrideLogicalId(id);
        element.attributes = attributes;
      }
    }
  };
  for (const source of Object.keys((content.provider ?? {}) as Json)) new RawProvider(stack, source, { terraformResourceType: source });
  replay(content.data, RawDataSource);
  replay(content.resource, RawResource);
}

function replayOnPrem(from: string, outdir: string): void {
  mkdirSync(outdir, { recursive: true });
  const app = new TerraformApp({ outdir });
  const { stacks } = read(from, 'manifest.json') as { stacks: Record<string, { synthesizedStackPath: string }> };
  for (const [name, { synthesizedStackPath }] of Object.entries(stacks)) replayStack(app, name, read(from, synthesizedStackPath));
  app.synth();
}

const [from = '.', out = '.'] = process.argv.slice(2);
replayCloud(join(from, 'cdk.out'), join(out, 'cdk.out'));
replayOnPrem(join(from, 'cdktf.out'), join(out, 'cdktf.out'));
process.stdout.write(`${process.resourceUsage().maxRSS}\n`);
