import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends a command to the runtime socket of HAProxy, and returns the answer. */
export async function tell(socket: string, command: string): Promise<string> {
  const connection = connect(socket);
  connection.end(`${command}\n`);
  return text(connection);
}
