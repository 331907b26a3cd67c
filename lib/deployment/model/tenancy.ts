/** What stands at a site under a name that a stack is about to take, and the other estate that it belongs to. */
export interface Taken {
  readonly what: string;
  readonly estate: string;
}
