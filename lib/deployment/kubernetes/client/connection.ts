import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import { Refusal } from '../../../core/refusal';
import { deploymentProblem } from '../../codes';
import { ApiError } from './api-error';
import { type Answer, exchange } from './exchange';
import { CredentialsTimeout, limitPlugins, pluginSeconds, withinLimit } from './exec-plugin';
import { readKubeconfig } from './kubeconfig';

/** Options of a request. */
export interface RequestProps {
  readonly body?: unknown;
  readonly contentType?: string;
  /**
   * Milliseconds until the exchange fails; setting it also disables retries.
   *
   * @default 30_000
   */
  readonly timeoutMilliseconds?: number;
}

/** Default timeout of an exchange in milliseconds; a server that throttles answers sooner. */
const defaultTimeoutMilliseconds = 30_000;

/** Milliseconds after the first attempt of a request in which others may begin. */
const retryMilliseconds = 60_000;

/** Options of a connection. */
export interface ConnectionProps {
  /**
   * Ends all requests.
   *
   * @default - requests end by themselves
   */
  readonly signal?: AbortSignal;
  /**
   * Seconds that the exec plugin of the kubeconfig may take.
   *
   * @default 60
   */
  readonly pluginSeconds?: number;
}

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
    private readonly props: ConnectionProps,
  ) {}

  /**
   * Opens a context of the kubeconfig.
   *
   * @throws {Refusal} DEP030 if there is no kubeconfig, DEP008 if it cannot be read or does not have the context
   */
  static open(context: string, props: ConnectionProps = {}): Connection {
    const config = readKubeconfig();
    const names = config.getContexts().map(({ name }) => name);
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
    limitPlugins(config, props.pluginSeconds ?? pluginSeconds);
    return new Connection(config, server, props);
  }

  /** Returns a connection for requests that must be sent even if the command is cancelled. */
  uncancelled(): Connection {
    return new Connection(this.config, this.server, { ...this.props, signal: undefined });
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
    const { signal } = this.props;
    const retriesEnd = AbortSignal.timeout(retryMilliseconds);
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const isLast = attempt >= attempts || retriesEnd.aborted;
      const { status, body } = await this.once(method, path, props).catch((error: unknown): Answer => {
        const isFinal = error instanceof ApiError || error instanceof CredentialsTimeout || signal?.aborted;
        if (isFinal || isLast || props.timeoutMilliseconds !== undefined) throw error;
        return { status: 503, body: undefined };
      });
      if (status < 400) return body;
      const busy = status === 429 || status === 503 || status === 504;
      if (!busy || isLast) throw refusal(status, body);
      await sleep(2 ** attempt * 100, undefined, { signal });
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
    await withinLimit(this.config.applyToHTTPSOptions(options), this.props.pluginSeconds ?? pluginSeconds, this.props.signal);
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
    return exchange(
      url,
      { method, headers: { ...headers, ...own }, auth, agent },
      { text, timeoutMilliseconds: timeoutMilliseconds ?? defaultTimeoutMilliseconds, signal: this.props.signal },
    );
  }
}

function refusal(status: number, body: unknown): ApiError {
  const { reason, message } = (typeof body === 'object' && body !== null ? body : {}) as { reason?: string; message?: string };
  return new ApiError(status, reason ?? String(status), message ?? `the server answered ${status}`);
}
