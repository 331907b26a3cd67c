/** Error response of an API server, with its reason and message. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }

  /** Status and reason, such as `403 Forbidden`. */
  get brief(): string {
    return `${this.status} ${this.reason}`;
  }
}

/** Reason why something could not be read: the error response, or the message of the connection error. */
export function whyUnread(error: unknown): string {
  return error instanceof ApiError ? error.brief : (error as Error).message;
}
