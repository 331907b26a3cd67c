import type { CodeCatalogue } from '../core/problem';

/** What can be wrong with artifacts that are read back. */
export const readbackCodes: CodeCatalogue = {
  RDB001: {
    title: 'A resource that is no object of Kubernetes',
    explanation:
      'The Terraform of a site holds a resource of a type that stands for no kind of object that Diptych knows. Secrets are among them: their data has no place in an artifact.',
    fix: 'Describe the object with kubernetes_manifest, or keep the resource in a stack of your own.',
  },
  RDB002: {
    title: 'An attribute that has no field',
    explanation:
      'An attribute or block of a resource corresponds to no field of the object. Nothing is dropped in silence, since what was emitted would then not be what is read.',
    fix: 'Correct the name of the attribute, or update the field table with the versions of the provider and of the Kubernetes client.',
  },
  RDB003: {
    title: 'An expression that artifacts alone do not answer',
    explanation:
      'A text of the Terraform holds an expression other than a reference to an attribute that the same stack states, so that its value is known to a running Terraform only.',
    fix: 'State the value itself, or refer to an attribute that is stated in the same stack.',
  },
  RDB004: {
    title: 'A value that does not fit its field',
    explanation:
      'A value of the Terraform cannot be one of the type of its field: a word where a number belongs, or several blocks for one field.',
    fix: 'Correct the value.',
  },
  RDB005: {
    title: 'A site that the artifacts do not have',
    explanation: 'The name given is that of no site on-prem in cdktf.out.',
    fix: 'Name one of the sites that the message lists.',
  },
};
