import { once } from 'node:events';
import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';

/** Sends one HTTP/2 request to a loopback port; the status is undefined if the stream or connection is closed without a response. */
export async function requestHttp2(
  port: number,
  serverName: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status?: number; body: string }> {
  const session = connect(`https://127.0.0.1:${port}`, { servername: serverName, rejectUnauthorized: false });
  session.on('error', () => undefined);
  try {
    const stream = session.request({ ':path': '/', ...headers }, { endStream: true });
    stream.on('error', () => undefined);
    const response = once(stream, 'response').catch(() => []);
    const [answer] = (await Promise.race([
      response,
      once(stream, 'close').then(
        () => [],
        () => [],
      ),
    ])) as [{ ':status'?: number }?];
    return { status: answer?.[':status'], body: answer ? await text(stream) : '' };
  } finally {
    session.destroy();
  }
}
