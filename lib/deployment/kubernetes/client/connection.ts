import { type Agent, request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { quote } from '../../../core/problem';
import { Refusal } from '../../../core/refusal';
import { systemReason } from '../../../core/system-error';
import { deploymentProblem } from '../../codes';

/** Response of an API server. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Error response of an API server, with its reason and message. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }

  /** Status and reason, such as `403 Forbidden`. */
  get brief(): string {
    return `${this.status} ${this.reason}`;
  }
}

/** Reason why something could not be read: the error response, or the message of the connection error. */
export function whyUnread(error: unknown): string {
  return error instanceof ApiError ? error.brief : (error as Error).message;
}

/** Options of a request. */
export interface RequestProps {
  readonly body?: unknown;
  readonly contentType?: string;
  /**
   * Milliseconds until the request fails; setting it also disables retries.
   *
   * @default 30_000
   */
  readonly timeoutMilliseconds?: number;
}

/** Default timeout of a request in milliseconds; a server that throttles answers sooner. */
const defaultTimeoutMilliseconds = 30_000;

/** Maximum number of attempts of a request that is throttled or whose connection breaks. */
const attempts = 6;

/** Maximum number of open connections, so that a deployment does not starve other clients. */
const sockets = 8;

/** Connection to the API of one cluster, configured by a kubeconfig. Response bodies are returned unchanged. */
export class Connection {
  private agent: { readonly agent: Agent; readonly certificate: string } | undefined;
  private authenticating: Promise<RequestOptions> | undefined;

  private constructor(
    private readonly config: KubeConfig,
    private readonly server: string,
  ) {}

  /**
   * Opens a context of the kubeconfig at `KUBECONFIG`, else `KUBE_CONFIG_PATH` (Terraform's variable), else `~/.kube/config`.
   *
   * @throws {Refusal} DEP008 if the kubeconfig cannot be read or does not have the context
   */
  static open(context: string): Connection {
    const config = kubeconfig();
    const names = isPlaceholder(config) ? [] : config.getContexts().map(({ name }) => name);
    if (!names.includes(context)) {
      throw new Refusal('refused', [
        deploymentProblem('DEP008', `contexts/${context}`, {
          wrong: `the kubeconfig has no context ${context}`,
          rule: 'the context of an on-prem site must be in the kubeconfig',
          fix: `Set KUBECONFIG to the file that has it. Contexts found: ${names.join(', ') || 'none'}.`,
        }),
      ]);
    }
    config.setCurrentContext(context);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined || !URL.canParse(server)) {
      throw new Refusal('refused', [
        deploymentProblem('DEP008', `contexts/${context}`, {
          wrong: server === undefined ? 'the cluster of the context has no server' : 'the server of the cluster is not a URL',
          rule: 'a cluster in the kubeconfig must have a server URL',
          got: server,
          fix: 'Correct the kubeconfig: the context must name a cluster, and the cluster a server.',
        }),
      ]);
    }
    return new Connection(config, server);
  }

  /** URL of the API server. */
  get address(): string {
    return this.server;
  }

  /**
   * Sends a request; throttled requests and broken connections are retried with growing delays.
   *
   * @throws {ApiError} for an error response
   */
  async ask(method: string, path: string, props: RequestProps = {}): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      const { status, body } = await this.once(method, path, props).catch((error: Error): Answer => {
        if (attempt >= attempts || props.timeoutMilliseconds !== undefined) throw error;
        return { status: 503, body: undefined };
      });
      if (status < 400) return body;
      const busy = status === 429 || status === 503 || status === 504;
      if (!busy || attempt >= attempts) throw refusal(status, body);
      await sleep(2 ** attempt * 100);
    }
  }

  /** Tokens expire after minutes, so each request authenticates again; concurrent requests share one result. */
  private authenticate(): Promise<RequestOptions> {
    this.authenticating ??= this.authentication().finally(() => {
      this.authenticating = undefined;
    });
    return this.authenticating;
  }

  private async authentication(): Promise<RequestOptions> {
    const options: RequestOptions = {};
    await this.config.applyToHTTPSOptions(options);
    const { headers, auth, agent, ca, cert, key } = options;
    return { headers, auth, agent: this.kept(agent as Agent, String([ca, cert, key])) };
  }

  /** The library creates an agent per request; one agent is kept until the certificate changes, so that connections are reused. */
  private kept(agent: Agent, certificate: string): Agent {
    if (this.agent?.certificate === certificate) return this.agent.agent;
    this.agent = { agent: Object.assign(agent, { keepAlive: true, maxSockets: sockets }), certificate };
    return agent;
  }

  private async once(method: string, path: string, { body, contentType, timeoutMilliseconds }: RequestProps): Promise<Answer> {
    const url = new URL(path, this.server.endsWith('/') ? this.server : `${this.server}/`);
    const { headers, auth, agent } = await this.authenticate();
    const text = body === undefined ? undefined : JSON.stringify(body);
    // Node does not set the length of a DELETE body by itself, and the server would ignore the body.
    const told = text !== undefined && { 'Content-Type': contentType ?? 'application/json', 'Content-Length': Buffer.byteLength(text) };
    const own = { Accept: 'application/json', ...told };
    const secure = url.protocol === 'https:';
    const options: RequestOptions = {
      method,
      headers: { ...headers, ...own },
      auth,
      timeout: timeoutMilliseconds ?? defaultTimeoutMilliseconds,
      agent,
    };
    return new Promise((resolve, reject) => {
      const asked = (secure ? request : plainRequest)(url, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString('utf8')) }));
      });
      asked.once('timeout', () => asked.destroy(Object.assign(new Error('it did not answer in time'), { code: 'ETIMEDOUT' })));
      asked.once('error', reject);
      asked.end(text);
    });
  }
}

function kubeconfig(): KubeConfig {
  const config = new KubeConfig();
  const { KUBECONFIG, KUBE_CONFIG_PATH } = process.env;
  const file = KUBECONFIG || KUBE_CONFIG_PATH;
  try {
    if (!KUBECONFIG && KUBE_CONFIG_PATH) config.loadFromFile(KUBE_CONFIG_PATH);
    else config.loadFromDefault();
  } catch (error) {
    // The lines after the first quote the file, which may contain secrets.
    const said = error instanceof TypeError ? 'YAML without the fields of a kubeconfig' : (error as Error).message.split('\n')[0];
    throw new Refusal('refused', [
      deploymentProblem('DEP008', file || '~/.kube/config', {
        wrong: `the kubeconfig cannot be read: ${quote(systemReason(error) ?? said)}`,
        rule: 'it must be a file that kubectl can read',
        fix: 'Set KUBECONFIG to such a file, or correct this one.',
      }),
    ]);
  }
  return config;
}

/** True if the client found no kubeconfig and filled in a context of its own, which the user never wrote. */
function isPlaceholder(config: KubeConfig): boolean {
  const [context, ...others] = config.getContexts();
  return (
    others.length === 0 && context?.name === 'loaded-context' && config.getCluster(context.cluster)?.server === 'http://localhost:8080'
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refusal(status: number, body: unknown): ApiError {
  const { reason, message } = (typeof body === 'object' && body !== null ? body : {}) as { reason?: string; message?: string };
  return new ApiError(status, reason ?? String(status), message ?? `the server answered ${status}`);
}
