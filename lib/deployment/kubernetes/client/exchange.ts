import { request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { ApiError } from './api-error';

/** Response of an API server. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Limits of one exchange. */
export interface ExchangeProps {
  readonly text?: string;
  /** Milliseconds for the whole exchange: the connection, the request and the last byte of the response. */
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal;
}

/** Maximum size of a response in bytes. A list of ten thousand Pods is a tenth of it. */
export const maxResponseBytes = 256 * 1024 * 1024;

/**
 * Sends one request and reads its response.
 *
 * @throws {ApiError} 413 for a response that is too large
 */
export function exchange(url: URL, options: RequestOptions, { text, timeoutMilliseconds, signal }: ExchangeProps): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancelled);
    };
    const fail = (error: unknown) => {
      ended();
      asked.destroy();
      reject(error);
    };
    const cancelled = () => fail(signal?.reason);
    const timer = setTimeout(() => fail(Object.assign(new Error('it did not answer in time'), { code: 'ETIMEDOUT' })), timeoutMilliseconds);
    const send = url.protocol === 'https:' ? request : plainRequest;
    const asked = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxResponseBytes) fail(tooLarge());
        else chunks.push(chunk);
      });
      response.once('error', fail);
      response.once('end', () => {
        ended();
        resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString('utf8')) });
      });
    });
    asked.on('error', fail);
    signal?.addEventListener('abort', cancelled, { once: true });
    asked.end(text);
  });
}

function tooLarge(): ApiError {
  return new ApiError(413, 'TooLarge', `the response has more than ${maxResponseBytes / 1024 / 1024} MiB`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
