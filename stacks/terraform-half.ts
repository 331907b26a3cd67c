import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attachCustomSynthesis } from 'aws-cdk-lib/core';
import { App as TerraformApp, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/** Returns the output folder of Terraform, beside that of the CDK. */
export function terraformOutdir(): string {
  return join(dirname(process.env.CDK_OUTDIR ?? 'cdk.out'), 'cdktf.out');
}

/** Removes the configuration of stacks that no longer exist. Their state, lock files and providers are retained. */
function dropStacksThatAreGone(stacks: string, present: ReadonlySet<string>): void {
  for (const name of readdirSync(stacks)) {
    if (present.has(name)) continue;
    const folder = join(stacks, name);
    rmSync(join(folder, 'cdk.tf.json'), { force: true });
    if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  }
}

/**
 * Construct that writes Terraform JSON when its CDK app is synthesized.
 *
 * The manifest is removed first and written last, so that a failed synthesis is not mistaken for a complete one.
 */
export class TerraformHalf extends Construct {
  readonly app: TerraformApp;

  constructor(
    scope: Construct,
    id: string,
    readonly outdir = terraformOutdir(),
  ) {
    super(scope, id);
    // Recording a stack trace for each token takes an eighth of the time, and the traces are never shown.
    process.env.CDKTN_DISABLE_CREATION_STACK ??= 'true';
    const stacks = join(outdir, 'stacks');
    mkdirSync(stacks, { recursive: true });
    rmSync(join(outdir, 'manifest.json'), { force: true });
    this.app = new TerraformApp({ outdir, stackTraces: false });
    attachCustomSynthesis(this, {
      onSynthesize: () => {
        dropStacksThatAreGone(stacks, new Set(this.app.node.children.filter(TerraformStack.isStack).map(({ node }) => node.id)));
        this.app.synth();
      },
    });
  }
}
