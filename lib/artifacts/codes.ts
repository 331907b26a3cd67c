import { type CodeCatalogue, problemOf } from '../core/problem';

/** Codes of problems with artifacts, found before they are used. */
export const artifactCodes = {
  ART001: {
    title: 'Artifacts of an unfinished synthesis',
    explanation:
      'A synthesis removes both manifests and digests.json first and writes them last. Where one of them is missing, the last synthesis failed or was interrupted, or the folder holds no artifacts at all.',
    fix: 'Run `npx diptych synth`, or name the folder of the artifacts with --out.',
  },
  ART002: {
    title: 'A file that changed after the synthesis',
    explanation: 'digests.json records the digest of every file of a synthesis. The content of this file is no longer the one it recorded.',
    fix: 'Run `npx diptych synth` again, or restore the file.',
  },
  ART003: {
    title: 'A file of the synthesis that is missing',
    explanation: 'digests.json records every file of a synthesis, and this one is not there. A copy of the folders may be incomplete.',
    fix: 'Run `npx diptych synth` again, or copy cdk.out, cdktf.out and diptych.out as a whole.',
  },
  ART004: {
    title: 'A file that the synthesis did not write',
    explanation:
      'Among the artifacts is a template, an asset, a stack of Terraform or a plan that digests.json does not record. Nobody has reviewed it.',
    fix: 'Remove the file, or run `npx diptych synth` again.',
  },
  ART005: {
    title: 'A file that Terraform would merge into a stack',
    explanation:
      'Terraform reads every .tf, .tf.json and .tfvars file in the folder of a stack. Only cdk.tf.json was emitted; another one would change what is deployed. A `destroy --unprotect` that was killed leaves one.',
    fix: 'Remove the file.',
  },
  ART006: {
    title: 'Artifacts of another description',
    explanation:
      'A command that is given ESTATE compares its description with the one that the artifacts were made from. They differ: the description was changed after the synthesis, or the artifacts are of another estate.',
    fix: 'Run `npx diptych synth` again, or leave ESTATE out to use the artifacts as they are.',
  },
  ART007: {
    title: 'Artifacts of another version of Diptych',
    explanation:
      'digests.json records the version of Diptych that made the artifacts. Another version may emit, order or read them in another way.',
    fix: 'Install the version that the message names, or run `npx diptych synth` again.',
  },
  ART008: {
    title: 'A file of the artifacts that cannot be read',
    explanation: 'plan.json, digests.json and both manifests must be JSON of the shape that a synthesis writes.',
    fix: 'Run `npx diptych synth` again.',
  },
  ART009: {
    title: 'A plan of an unknown version',
    explanation: 'plan.json names the version of its own shape. This version of Diptych reads another one.',
    fix: 'Install the version of Diptych that made the artifacts, or run `npx diptych synth` again.',
  },
  ART010: {
    title: 'A stack of an unknown kind',
    explanation:
      'The name of a stack ends with its kind, which decides its order. A manifest, or an account, holds a stack of Diptych whose kind this version does not know; leaving it out would neither deploy nor probe it.',
    fix: 'Use the version of Diptych that made the stack, or remove the stack.',
  },
  ART011: {
    title: 'A stack of a site that the plan does not have',
    explanation: 'A manifest holds a stack whose site is not in plan.json, or is of the other kind there. It would belong to no site.',
    fix: 'Run `npx diptych synth` again.',
  },
  ART012: {
    title: 'Stacks that depend on each other in a circle',
    explanation: 'Each stack is deployed after those it depends on. The manifest names dependencies that no order satisfies.',
    fix: 'Run `npx diptych synth` again.',
  },
  ART013: {
    title: 'No stack of the kind that was chosen',
    explanation: 'A command was told to deal with stacks of some kinds only, and the chosen sites have no stack of one of them.',
    fix: 'Name kinds that the chosen sites have, or choose other sites.',
  },
} satisfies CodeCatalogue;

export const artifactProblem = problemOf(artifactCodes);
