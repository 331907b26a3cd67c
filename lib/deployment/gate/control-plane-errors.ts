import { quote } from '../../core/problem';
import { Refusal } from '../../core/refusal';
import { deploymentProblem } from '../codes';
import { ApiError } from '../kubernetes/client/api-error';

/** Names of SDK errors that mean that AWS rejected the credentials or the request. */
const awsDenial =
  /^(?:AccessDenied|AuthFailure|CredentialsProvider|Expired|InvalidClientTokenId|InvalidSignature|MissingAuthentication|SignatureDoesNotMatch|Unauthorized|UnrecognizedClient)/;

/** Converts an error response of a control plane into a refusal; undefined for any other error. */
export function controlPlaneRefusal(path: string, error: unknown): Refusal | undefined {
  if (error instanceof ApiError) {
    // An overloaded or failing API server has not rejected the request.
    const kind = error.status >= 500 || error.status === 429 ? 'unreachable' : 'refused';
    return refusal(kind, path, error.brief, error.message);
  }
  return error instanceof Error && awsDenial.test(error.name) ? refusal('refused', path, error.name, error.message) : undefined;
}

/** SDK error names and system error codes that mean that no answer arrived. */
const unanswered = /^(?:TimeoutError|ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|ETIMEDOUT)$/;

/** Converts a connection error that occurs after the identity check into a refusal; undefined for any other error. */
function noAnswer(path: string, error: unknown): Refusal | undefined {
  const { name, code = '', message } = error as NodeJS.ErrnoException;
  if (![name, code].some((one) => unanswered.test(one))) return undefined;
  return new Refusal('unreachable', [
    deploymentProblem('DEP002', path, {
      wrong: `the control plane stopped answering: ${quote(code || name)}`,
      rule: 'it must answer every request',
      fix: `The error was: ${message}. Check the network and the endpoint, or leave the site out.`,
    }),
  ]);
}

/**
 * Runs a request that precedes all changes, and converts errors of the control plane into refusals.
 *
 * @throws {Refusal} DEP013 if the control plane rejects the request, DEP002 if it no longer answers
 */
export async function withControlPlaneErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw controlPlaneRefusal(path, error) ?? noAnswer(path, error) ?? error;
  }
}

function refusal(kind: Refusal['kind'], path: string, value: string, said: string): Refusal {
  return new Refusal(kind, [
    deploymentProblem('DEP013', path, {
      wrong: `the control plane answered ${quote(value)}`,
      rule: 'it must accept every request of the command',
      fix: `Its message was: ${said}. Grant the permission, or use other credentials with KUBECONFIG or AWS_PROFILE.`,
    }),
  ]);
}
