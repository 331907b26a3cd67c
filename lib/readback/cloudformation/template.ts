/** A template as far as it is read. */
export interface Template {
  readonly Description?: string;
  readonly Outputs?: Readonly<Record<string, { readonly Export?: { readonly Name: string } }>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}
