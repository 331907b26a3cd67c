/** A resource of a template, with every reference replaced by what it refers to. */
export interface DeclaredResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** Absent of what stands in another resource, such as a rule stated with its group, and of what was never made. */
  readonly physicalId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}
