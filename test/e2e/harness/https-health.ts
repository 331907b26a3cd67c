import { get } from 'node:https';

/** Whether a component of ours answers 200; its certificate was made a moment ago and is not checked. */
export function healthy(url: string, token?: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const headers = token ? { Authorization: `Bearer ${token}` } : {};
    const options = { rejectUnauthorized: false, headers, signal: AbortSignal.timeout(5_000) };
    get(url, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', reject);
  });
}
