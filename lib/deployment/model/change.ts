/** What would become of one thing. */
export interface Change {
  readonly action: 'add' | 'change' | 'replace' | 'remove' | 'refused';
  readonly what: string;
  /** Why it is refused, in the words of the control plane. */
  readonly why?: string;
}
