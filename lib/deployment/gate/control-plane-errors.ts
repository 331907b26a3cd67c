import { problem } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { ApiError } from '../kubernetes/client/connection';

/** Names of errors in which a service of AWS answered, and its answer was no. */
const awsDenial =
  /^(?:AccessDenied|AuthFailure|CredentialsProvider|Expired|InvalidClientTokenId|InvalidSignature|MissingAuthentication|SignatureDoesNotMatch|Unauthorized|UnrecognizedClient)/;

/** What a control plane said when it would not do what it was asked, as the refusal it amounts to; nothing for any other error. */
export function controlPlaneRefusal(path: string, error: unknown): Refusal | undefined {
  if (error instanceof ApiError) {
    // A server that fails, or has too much to do, did not say no.
    const kind = error.status >= 500 || error.status === 429 ? 'unreachable' : 'refused';
    return refusal(kind, path, error.brief, error.message);
  }
  return error instanceof Error && awsDenial.test(error.name) ? refusal('refused', path, error.name, error.message) : undefined;
}

/** How requests end that nobody answers, by the name that the SDK gives the error or the code that the system does. */
const unanswered = /^(?:TimeoutError|ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|ETIMEDOUT)$/;

/** That a control plane fell silent after it had said who it is; nothing for any other error. */
function noAnswer(path: string, error: unknown): Refusal | undefined {
  const { name, code = '', message } = error as NodeJS.ErrnoException;
  if (![name, code].some((one) => unanswered.test(one))) return undefined;
  const fix = `It ended with: ${message}. Check the network and the endpoint, or leave the site out.`;
  const statement = { cannot: 'use the control plane', as: 'it must answer', value: code || name, fix };
  return new Refusal('unreachable', [problem('DEP002', path, statement)]);
}

/**
 * Runs what asks a control plane before anything is changed.
 *
 * @throws {Refusal} DEP013 where it would not do it, DEP002 where it does not answer any more
 */
export async function withControlPlaneErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw controlPlaneRefusal(path, error) ?? noAnswer(path, error) ?? error;
  }
}

function refusal(kind: Refusal['kind'], path: string, value: string, said: string): Refusal {
  const fix = `It says: ${said}. Let these credentials do it, or use others; KUBECONFIG and AWS_PROFILE name them.`;
  return new Refusal(kind, [problem('DEP013', path, { cannot: 'use the control plane', as: 'it must do what it is asked', value, fix })]);
}
