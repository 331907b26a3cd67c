import { problem } from '../core/problem';
import { ApiRefusal } from './cluster/connection';
import { Refusal } from './refusal';

/** Names of errors in which a service of AWS answered, and its answer was no. */
const deniedByAws =
  /^(?:AccessDenied|AuthFailure|CredentialsProvider|Expired|InvalidClientTokenId|InvalidSignature|MissingAuthentication|SignatureDoesNotMatch|Unauthorized|UnrecognizedClient)/;

/** What a control plane said when it would not do what it was asked, as the refusal it amounts to; nothing for any other error. */
export function denial(path: string, error: unknown): Refusal | undefined {
  if (error instanceof ApiRefusal) {
    // A server that fails, or has too much to do, did not say no.
    const kind = error.status >= 500 || error.status === 429 ? 'unreachable' : 'refused';
    return denied(kind, path, error.brief, error.message);
  }
  return error instanceof Error && deniedByAws.test(error.name) ? denied('refused', path, error.name, error.message) : undefined;
}

/**
 * Runs what asks a control plane before anything is changed.
 *
 * @throws {Refusal} DEP013 where it would not do it
 */
export async function unlessDenied<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw denial(path, error) ?? error;
  }
}

function denied(kind: Refusal['kind'], path: string, value: string, said: string): Refusal {
  const fix = `It says: ${said}. Let these credentials do it, or use others; KUBECONFIG and AWS_PROFILE name them.`;
  return new Refusal(kind, [problem('DEP013', path, { cannot: 'use the control plane', as: 'it must do what it is asked', value, fix })]);
}
