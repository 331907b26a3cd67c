import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Sends an HTTP request to a port of a loopback address; the status is undefined if the connection closes without a response. */
export function ask(port: number, path: string, host = '127.0.0.1'): Promise<{ status?: number; body: string }> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path, agent: false }, async (answer) => {
      resolve({ status: answer.statusCode, body: await text(answer) });
    });
    asked.on('error', () => resolve({ body: '' }));
    asked.end();
  });
}
