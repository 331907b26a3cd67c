import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attachCustomSynthesis } from 'aws-cdk-lib/core';
import { App as TerraformApp, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/** Folder of the Terraform half, beside the CDK's own output. */
export function terraformOutdir(): string {
  return join(dirname(process.env.CDK_OUTDIR ?? 'cdk.out'), 'cdktf.out');
}

/** Removes what an earlier run left of stacks that are gone; never their state, their lock file nor their providers. */
function dropStacksThatAreGone(stacks: string, present: ReadonlySet<string>): void {
  for (const name of readdirSync(stacks)) {
    if (present.has(name)) continue;
    const folder = join(stacks, name);
    rmSync(join(folder, 'cdk.tf.json'), { force: true });
    if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
  }
}

/**
 * The Terraform half of an app of the CDK: it is written when the app is.
 *
 * The manifest goes first and comes last, so that a failed run never looks like a finished one.
 */
export class TerraformHalf extends Construct {
  readonly app: TerraformApp;

  constructor(
    scope: Construct,
    id: string,
    readonly outdir = terraformOutdir(),
  ) {
    super(scope, id);
    // Where each token was made would be found out by a stack trace, an eighth of the time, and is never shown.
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
