import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Gives a command to HAProxy's runtime socket and waits for the answer. */
export async function tell(socket: string, command: string): Promise<string> {
  const connection = connect(socket);
  connection.end(`${command}\n`);
  return text(connection);
}
