import { type Agent, request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { problem } from '../../../core/problem';
import { Refusal } from '../../../core/refusal';
import { systemReason } from '../../../core/system-error';

/** What an API server answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request that an API server refused, in its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }

  /** Status and reason. */
  get brief(): string {
    return `${this.status} ${this.reason}`;
  }
}

/** Why something could not be read: what the API server said, or what kept it from saying anything. */
export function whyUnread(error: unknown): string {
  return error instanceof ApiError ? error.brief : (error as Error).message;
}

/** How a request is made. */
export interface RequestProps {
  readonly body?: unknown;
  readonly contentType?: string;
  /** Milliseconds until an answer is given up. */
  readonly timeoutMilliseconds?: number;
}

/** Milliseconds that a request may take; a server that throttles answers sooner. */
const defaultTimeoutMilliseconds = 30_000;

/** How often a request is made where the server is too busy or the connection breaks. */
const attempts = 6;

/** Connections that are open at once, so that a deployment never crowds others out. */
const sockets = 8;

/** One cluster's API, reached as a kubeconfig says. Answers are taken word for word: nothing is renamed or dropped on the way. */
export class Connection {
  private agent: { readonly agent: Agent; readonly certificate: string } | undefined;
  private authenticating: Promise<RequestOptions> | undefined;

  private constructor(
    private readonly config: KubeConfig,
    private readonly server: string,
  ) {}

  /**
   * Opens the context of a site in the usual kubeconfig: `KUBECONFIG`, else Terraform's `KUBE_CONFIG_PATH`, else the one in the home folder.
   *
   * @throws {Refusal} DEP008 where it cannot be read, or has no such context
   */
  static open(context: string): Connection {
    const config = kubeconfig();
    const names = config.getContexts().map(({ name }) => name);
    if (!names.includes(context)) {
      const fix = 'Set KUBECONFIG to the file that has it.';
      const as = `the kubeconfig must have the context ${context}`;
      throw new Refusal('refused', [problem('DEP008', `contexts/${context}`, { cannot: 'reach the cluster', as, value: names, fix })]);
    }
    config.setCurrentContext(context);
    const server = config.getCurrentCluster()?.server;
    if (server === undefined || !URL.canParse(server)) {
      const fix = 'Mend the kubeconfig: the context names a cluster, and the cluster has a server.';
      const as = 'its cluster must have an address in the kubeconfig';
      throw new Refusal('refused', [problem('DEP008', `contexts/${context}`, { cannot: 'reach the cluster', as, value: server, fix })]);
    }
    return new Connection(config, server);
  }

  /** The address, for messages. */
  get address(): string {
    return this.server;
  }

  /**
   * Asks, again and longer apart where the server is too busy or the connection breaks.
   *
   * @throws {ApiError} for any answer that says no
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

  /** Asked for anew by every request, as a token lives for minutes; requests at the same time share one answer. */
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

  /** The library makes an agent for every request, by way of a proxy too: one is kept, for as long as the certificate is the same. */
  private kept(agent: Agent, certificate: string): Agent {
    if (this.agent?.certificate === certificate) return this.agent.agent;
    this.agent = { agent: Object.assign(agent, { keepAlive: true, maxSockets: sockets }), certificate };
    return agent;
  }

  private async once(method: string, path: string, { body, contentType, timeoutMilliseconds }: RequestProps): Promise<Answer> {
    const url = new URL(path, this.server.endsWith('/') ? this.server : `${this.server}/`);
    const { headers, auth, agent } = await this.authenticate();
    const text = body === undefined ? undefined : JSON.stringify(body);
    // Said although Node could tell: of a DELETE it does not, so that no server would know of its body.
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
    const fix = 'Set KUBECONFIG to a file that kubectl reads, or mend it.';
    // Only the first line: those after it quote the file, secrets and all.
    const said = error instanceof TypeError ? 'YAML of another shape' : (error as Error).message.split('\n')[0];
    const statement = { cannot: 'read the kubeconfig', as: 'it must be there and valid', value: systemReason(error) ?? said, fix };
    throw new Refusal('refused', [problem('DEP008', file || '~/.kube/config', statement)]);
  }
  return config;
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
