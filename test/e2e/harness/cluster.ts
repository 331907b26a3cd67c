import { join } from 'node:path';
import { freePorts } from '../../support/ports';
import { installed } from '../tools/cache';
import type { Tool } from '../tools/tool';
import { etcd, kubernetes, kwok } from '../tools/tools';
import { ClusterFiles } from './cluster-files';
import { apiArguments, etcdArguments, kwokArguments, managerArguments, schedulerArguments } from './component-arguments';
import { Daemon } from './daemon';
import { healthy } from './https-health';
import { Kubectl } from './kubectl';
import { type NodePool, nodeObjects } from './nodes';
import { scratchFolder } from './scratch';

/** Configuration of a cluster. */
export interface ClusterProps {
  /** Name of the context in its kubeconfig. */
  readonly context: string;
  /** Labels of the kube-system namespace, which identify the cluster. */
  readonly identity: Readonly<Record<string, string>>;
  readonly podCidr: string;
  readonly serviceCidr: string;
  readonly pools: readonly NodePool[];
}

/** Seconds for a component to start on a busy machine. */
const startSeconds = 180;

/** A real control plane with simulated nodes: it schedules, admits and rolls out, but runs no container. */
export interface Cluster {
  readonly kubeconfig: string;
  readonly kubectl: Kubectl;
  stop(): Promise<void>;
}

/** Starts a cluster on the loopback interface; stops the started components if a later one fails. */
export async function startCluster(props: ClusterProps): Promise<Cluster> {
  const { folder, remove } = scratchFolder('cluster');
  const daemons: Daemon[] = [];
  const stop = async () => {
    for (const daemon of daemons.splice(0).reverse()) await daemon.stop();
    remove();
  };
  const start = (tool: Tool, name: string, args: readonly string[]) => {
    const daemon = new Daemon({ name, command: join(installed(tool), name), args, log: join(folder, `${name}.log`) });
    daemons.push(daemon);
    return daemon;
  };
  try {
    const files = new ClusterFiles(folder);
    const [client = 0, peer = 0, api = 0, controllers = 0, placement = 0] = await freePorts(5);
    const store = start(etcd, 'etcd', etcdArguments(folder, client, peer));
    await store.ready(async () => (await fetch(`http://127.0.0.1:${client}/health`)).ok, startSeconds);
    const server = start(kubernetes, 'kube-apiserver', apiArguments(files, client, api, props.serviceCidr));
    await server.ready(() => healthy(`https://127.0.0.1:${api}/readyz`, files.token), startSeconds);
    files.writeKubeconfig(props.context, api);
    const kubectl = new Kubectl(join(installed(kubernetes), 'kubectl'), files.kubeconfig);
    const manager = start(kubernetes, 'kube-controller-manager', managerArguments(files, controllers));
    const scheduler = start(kubernetes, 'kube-scheduler', schedulerArguments(files, placement));
    await kubectl.apply(nodeObjects(props.pools));
    start(kwok, 'kwok', kwokArguments(files, props.podCidr));
    await manager.ready(() => healthy(`https://127.0.0.1:${controllers}/healthz`), startSeconds);
    await scheduler.ready(() => healthy(`https://127.0.0.1:${placement}/healthz`), startSeconds);
    await kubectl.run(['wait', 'node', '--all', '--for=condition=Ready', `--timeout=${startSeconds}s`]);
    await kubectl.labelNamespace('kube-system', props.identity);
    return { kubeconfig: files.kubeconfig, kubectl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
