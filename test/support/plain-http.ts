import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Asks a port of the loopback in clear text; the status is undefined where it closes without an answer. */
export function ask(port: number, path: string): Promise<{ status?: number; body: string }> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false }, async (answer) => {
      resolve({ status: answer.statusCode, body: await text(answer) });
    });
    asked.on('error', () => resolve({ body: '' }));
    asked.end();
  });
}
