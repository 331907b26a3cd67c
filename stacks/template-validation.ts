import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  type PolicyValidationPluginReport,
  type PolicyValidationStack,
  type PolicyViolation,
} from 'aws-cdk-lib/core';
import { version as libraryVersion } from 'aws-cdk-lib/package.json';
import { canonicalJson, sha256 } from '../lib/core/digest';
import { type TemplateFindings, TemplateFindingsCache } from './template-findings';

/** False if the user switched off validation of templates: `cdk --no-validation` sets the same variable. */
export function validationEnabled(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.CDK_VALIDATION !== 'false';
}

/**
 * The CDK's own validation of templates, which skips templates that passed before.
 *
 * Starting the validator takes longer than the rest of a synthesis, so findings are kept outside the repository. Their key covers
 * everything that findings depend on: the template, its account and region, and the versions of the CDK and of the validator.
 * Templates with an error are validated every time.
 *
 * @see {@link TemplateFindingsCache}
 */
export class CachedTemplateValidation extends CloudFormationValidatePlugin {
  private readonly validatorVersion = installedValidator();

  constructor(private readonly cache = new TemplateFindingsCache()) {
    super();
  }

  /** Version of the validator, read from its package, because the validator itself would have to start to answer. */
  override get version(): string | undefined {
    return this.validatorVersion ?? super.version;
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const stacks = context.stackTemplates.map((stack) => ({ stack, key: this.keyOf(stack) }));
    const known = new Map(stacks.map(({ key }) => [key, this.cache.read(key)]));
    const unknown = stacks.filter(({ key }) => known.get(key) === undefined);
    if (unknown.length > 0) {
      const stackTemplates = unknown.map(({ stack }) => stack);
      const { violations } = super.validate({
        ...context,
        templatePaths: stackTemplates.map(({ templatePath }) => templatePath),
        stackTemplates,
      });
      const found = new Map(unknown.map(({ stack, key }) => [key, findingsIn(stack, violations)]));
      for (const [key, findings] of found) known.set(key, findings);
      this.cache.write(new Map([...found].filter(([, findings]) => passed(findings))));
    }
    const violations = merged(stacks.map(({ stack, key }) => located(stack, known.get(key) ?? [])));
    return { success: passed(violations), violations };
  }

  private keyOf({ templatePath, stackConstructPath, accountId, region }: PolicyValidationStack): string {
    const { validatorVersion } = this;
    const template = sha256(readFileSync(templatePath));
    return sha256(canonicalJson({ format: 1, libraryVersion, validatorVersion, stackConstructPath, accountId, region, template }));
  }
}

function installedValidator(): string | undefined {
  try {
    const fromCdk = createRequire(createRequire(__filename).resolve('aws-cdk-lib/package.json'));
    return (fromCdk('@aws/cloudformation-validate/package.json') as { version: string }).version;
  } catch {
    // The version of the CDK, which brings its validator, is part of every key as well.
    return undefined;
  }
}

function passed(findings: TemplateFindings): boolean {
  return findings.every(({ severity }) => severity !== 'error' && severity !== 'fatal');
}

/** The findings of one template, without its path. */
function findingsIn({ templatePath }: PolicyValidationStack, violations: readonly PolicyViolation[]): TemplateFindings {
  return violations
    .map((violation) => ({
      ...violation,
      violatingResources: violation.violatingResources
        .filter((resource) => resource.templatePath === templatePath)
        .map(({ templatePath: _path, ...resource }) => resource),
    }))
    .filter(({ violatingResources }) => violatingResources.length > 0);
}

function located({ templatePath }: PolicyValidationStack, findings: TemplateFindings): PolicyViolation[] {
  return findings.map((finding) => ({
    ...finding,
    violatingResources: finding.violatingResources.map((resource) => ({ ...resource, templatePath })),
  }));
}

/** Findings of all templates, joined by rule, severity and description as the CDK's plugin joins them. */
function merged(findings: readonly PolicyViolation[][]): PolicyViolation[] {
  const byText = new Map<string, PolicyViolation>();
  for (const finding of findings.flat()) {
    const text = JSON.stringify([finding.ruleName, finding.severity, finding.description]);
    const existing = byText.get(text);
    if (existing) existing.violatingResources.push(...finding.violatingResources);
    else byText.set(text, finding);
  }
  return [...byText.values()];
}
