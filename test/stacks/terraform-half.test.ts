import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { describe, expect, it } from 'vitest';
import { addOnPremSite } from '../../stacks/kubernetes';
import { TerraformHalf } from '../../stacks/terraform-half';
import { scratch } from '../fixtures/terraform';
import { plannedTwoSites } from '../fixtures/two-sites';

const app = (outdir: string) => new App({ outdir, treeMetadata: false, analyticsReporting: false });

describe('the Terraform half of an app of the CDK', () => {
  it('Terraform JSON is written with the CDK app, and its manifest last', () => {
    scratch((folder) => {
      const cdk = app(join(folder, 'cdk.out'));
      const half = new TerraformHalf(cdk, 'TerraformHalf', join(folder, 'cdktf.out'));
      addOnPremSite(half.app, plannedTwoSites(), 'frankfurt');
      expect(existsSync(join(folder, 'cdktf.out', 'manifest.json'))).toBe(false);
      cdk.synth();
      expect(existsSync(join(folder, 'cdktf.out', 'manifest.json'))).toBe(true);
      expect(existsSync(join(folder, 'cdktf.out', 'stacks', 'frankfurt-core', 'cdk.tf.json'))).toBe(true);
    });
  });

  it('an old Terraform manifest is removed before synthesis can fail', () => {
    scratch((folder) => {
      writeFileSync(join(folder, 'manifest.json'), '{}');
      new TerraformHalf(app(join(folder, 'cdk.out')), 'TerraformHalf', folder);
      expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
    });
  });

  it('the configuration of a removed stack is deleted, but not its state, lock file or providers', () => {
    scratch((folder) => {
      const [withState, empty] = ['gone-core', 'gone-tiers'].map((name) => join(folder, 'stacks', name)) as [string, string];
      for (const stack of [withState, empty]) {
        mkdirSync(stack, { recursive: true });
        writeFileSync(join(stack, 'cdk.tf.json'), '{}');
      }
      writeFileSync(join(withState, 'terraform.tfstate'), '{}');
      const cdk = app(join(folder, 'cdk.out'));
      new TerraformHalf(cdk, 'TerraformHalf', folder);
      cdk.synth();
      expect(existsSync(join(withState, 'cdk.tf.json'))).toBe(false);
      expect(existsSync(join(withState, 'terraform.tfstate'))).toBe(true);
      expect(existsSync(empty)).toBe(false);
    });
  });
});
