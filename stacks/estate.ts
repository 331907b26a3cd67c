import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { App, Validations } from 'aws-cdk-lib/core';
import type { Digests } from '../lib/artifacts/digests';
import type { ArtifactFolders } from '../lib/artifacts/folders';
import { abandonSynthesis, beginSynthesis, endSynthesis, writeWhole } from '../lib/artifacts/synthesis';
import { DescriptionError } from '../lib/core/problem';
import type { EstatePlan } from '../lib/estate/plan-schema';
import { planMarkdown } from '../lib/estate/summary/plan-markdown';
import { appOptions } from './app-options';
import { addCloudSite } from './aws';
import { addOnPremSite } from './kubernetes';
import { templateProblems, templateSizes } from './template-limits';
import { CachedTemplateValidation, validationEnabled } from './template-validation';
import { TerraformHalf } from './terraform-half';

export interface SynthesisOptions {
  readonly folders: ArtifactFolders;
  /** Digests of the inputs of the plan. */
  readonly inputs: Digests['inputs'];
  /**
   * Ids of the sites in the order in which they are deployed.
   *
   * @default - sorted by id
   */
  readonly deploymentOrder?: readonly string[];
}

/** An estate with more zones than this, counted at each site, is large. */
const largeEstate = 512;

/**
 * Makes V8 collect garbage before the heap has grown by more than 60 %.
 *
 * By default, the heap may grow to four times what is in use. At 1,000 zones, this is more than a gigabyte for 300 megabytes in use.
 * Small estates end before it matters, so nothing changes for them.
 */
function limitHeapGrowth({ sites }: EstatePlan): void {
  const zones = sites.reduce((sum, site) => sum + site.zones.length, 0);
  if (zones > largeEstate) setFlagsFromString('--heap-growing-percent=60');
}

/**
 * Writes CloudFormation templates, Terraform JSON and the plan. If synthesis fails, no command accepts the incomplete artifacts.
 *
 * @returns false if a validation of the CDK failed; the CDK has then printed its findings
 */
export function synthesizeEstate(plan: EstatePlan, { folders, inputs, deploymentOrder }: SynthesisOptions): boolean {
  limitHeapGrowth(plan);
  beginSynthesis(folders);
  try {
    writePlan(plan, folders);
    const app = new App({ ...appOptions(folders.cloud), builtinCloudFormationValidation: false });
    if (validationEnabled()) Validations.of(app).addPlugins(new CachedTemplateValidation());
    const terraform = new TerraformHalf(app, 'TerraformHalf', folders.terraform);
    const stacks = plan.sites.filter(({ kind }) => kind === 'cloud').flatMap(({ id }) => addCloudSite(app, plan, id));
    for (const { id } of plan.sites.filter(({ kind }) => kind === 'on-prem')) addOnPremSite(terraform.app, plan, id);
    const isValid = isValidated(() => app.synth());
    const tooLarge = templateProblems(templateSizes(stacks, app.outdir));
    if (tooLarge.length > 0) throw new DescriptionError(tooLarge);
    if (!isValid) abandonSynthesis(folders);
    else endSynthesis(folders, { inputs, deploymentOrder: [...(deploymentOrder ?? plan.sites.map(({ id }) => id))] });
    return isValid;
  } catch (error) {
    abandonSynthesis(folders);
    throw error;
  }
}

/** True if all validations of the CDK succeed. If one fails, the CDK only sets the exit code of the process. */
function isValidated(synth: () => void): boolean {
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    synth();
    return !process.exitCode;
  } finally {
    process.exitCode = before;
  }
}

function writePlan(plan: EstatePlan, { diptych }: ArtifactFolders): void {
  writeWhole(join(diptych, 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`);
  writeWhole(join(diptych, 'plan.md'), planMarkdown(plan));
}
