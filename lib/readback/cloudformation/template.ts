/** The part of a CloudFormation template that readback uses. */
export interface Template {
  readonly Description?: string;
  readonly Outputs?: Readonly<Record<string, { readonly Export?: { readonly Name: string } }>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** Resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}
