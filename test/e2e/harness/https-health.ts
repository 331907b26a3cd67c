import { get } from 'node:https';

/** True if a component answers 200; its new certificate is not verified. */
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
