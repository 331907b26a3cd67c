import { type CodeCatalogue, problemOf } from '../core/problem';

/** Codes of problems with artifacts that are read back. */
export const readbackCodes = {
  RDB001: {
    title: 'Terraform resource that is not a Kubernetes object',
    explanation:
      "A site's Terraform contains a resource whose type does not correspond to a kind of Kubernetes object that Diptych knows. Secrets are excluded on purpose: an artifact must not contain their data.",
    fix: 'Describe the object with kubernetes_manifest, or keep the resource in a stack of your own.',
  },
  RDB002: {
    title: 'Terraform attribute without a Kubernetes field',
    explanation:
      'An attribute or block of a resource does not correspond to a field of the Kubernetes object. Diptych does not drop it silently, because the object that is read would then differ from the object that was emitted.',
    fix: 'Correct the name of the attribute, or regenerate the field table for the versions of the provider and of the Kubernetes client that you use.',
  },
  RDB003: {
    title: 'Expression that the artifacts cannot resolve',
    explanation:
      'A Terraform string contains an expression other than a reference to an attribute of a resource in the same stack. Only a running Terraform knows its value.',
    fix: 'Write the value itself, or refer to an attribute that the same stack sets.',
  },
  RDB004: {
    title: 'Value of the wrong type',
    explanation:
      'A Terraform value cannot be converted to the type of its Kubernetes field, for example a word where a number is expected, or several blocks for a field that takes one.',
    fix: 'Correct the value.',
  },
  RDB005: {
    title: 'Unknown on-prem site',
    explanation: 'The site that --site names is not an on-prem site of the artifacts in cdktf.out.',
    fix: 'Name one of the sites that the message lists.',
  },
} satisfies CodeCatalogue;

/** Builds a problem with a code of readback. */
export const readbackProblem = problemOf(readbackCodes);
