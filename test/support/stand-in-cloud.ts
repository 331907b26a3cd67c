import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type CloudClients, clientsOf } from '../../lib/deployment/aws/clients';

/** Response of a service to an action: the content of its XML, the values of its JSON, or the name of an error. */
export type CloudAnswer = string | object | { readonly error: string };

/** A server on the loopback interface that implements a few actions in the protocols of AWS; all others return empty results. */
export interface StandInCloud {
  readonly clients: CloudClients;
  /** Requested actions, with the resource if the request names one. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** Version of the EC2 API, which distinguishes its requests from those of other services. */
const ec2 = '2016-11-15';

/** Starts a stand-in for services, to test rejections, failures and lost resources, which no emulator provides. */
export async function standInCloud(answer: (action: string, about: string) => CloudAnswer | undefined): Promise<StandInCloud> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { action, about, version } = await read(request);
    asked.push(`${action} ${about}`.trim());
    const given = answer(action, about);
    const isJson = version === undefined;
    const error = typeof given === 'object' && 'error' in given ? String(given.error) : undefined;
    response.writeHead(error === undefined ? 200 : 400, { 'Content-Type': isJson ? 'application/x-amz-json-1.1' : 'text/xml' });
    if (isJson) response.end(JSON.stringify(error === undefined ? (given ?? {}) : { __type: error, message: 'refused' }));
    else response.end(error === undefined ? answerXml(action, String(given ?? ''), version) : errorXml(error, version));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, environment(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  const clients = clientsOf({ region: 'eu-west-1' });
  const stop = async () => {
    for (const client of Object.values(clients)) client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { clients, asked, stop };
}

function environment(endpoint: string): NodeJS.ProcessEnv {
  const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
  return { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', ...files };
}

const names =
  /^(?:RoleName|InstanceProfileName|KeyId|StackName|TargetGroupArn|ListenerArn|LoadBalancerArn|associationId|ResourceArns\.member\.1)$/;

async function read(request: IncomingMessage) {
  const body = await text(request);
  const target = request.headers['x-amz-target'];
  const values = target === undefined ? Object.fromEntries(new URLSearchParams(body)) : (JSON.parse(body) as Record<string, unknown>);
  const [, about = ''] = Object.entries(values).find(([name]) => names.test(name)) ?? [];
  if (typeof target === 'string') return { action: target.split('.').at(-1) ?? '', about: String(about) };
  return { action: String(values.Action), about: String(about), version: String(values.Version) };
}

function answerXml(action: string, inside: string, version: string): string {
  return `<${action}Response>${version === ec2 ? inside : `<${action}Result>${inside}</${action}Result>`}</${action}Response>`;
}

function errorXml(code: string, version: string): string {
  const error = `<Error><Code>${code}</Code><Message>refused</Message></Error>`;
  return version === ec2 ? `<Response><Errors>${error}</Errors></Response>` : `<ErrorResponse>${error}</ErrorResponse>`;
}
