/** What would become of one thing. */
export interface Change {
  readonly action: 'add' | 'change' | 'replace' | 'remove';
  readonly what: string;
}
