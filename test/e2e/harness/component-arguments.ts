import { join } from 'node:path';
import type { ClusterFiles } from './cluster-files';

/** Arguments of etcd, whose data does not have to survive a crash. */
export function etcdArguments(folder: string, client: number, peer: number): string[] {
  const [clientUrl, peerUrl] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
  ];
}

/** Arguments of the API server. */
export function apiArguments(files: ClusterFiles, store: number, port: number, serviceCidr: string): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${store}`,
    `--cert-dir=${files.folder}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${files.serviceAccountKey}`,
    `--service-account-signing-key-file=${files.serviceAccountKey}`,
    `--token-auth-file=${files.tokens}`,
    '--authorization-mode=RBAC',
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    // The endpoint of the `kubernetes` Service may not have a loopback address; nothing connects to it.
    '--advertise-address=10.99.0.1',
    // Without it, another rejection would hide that of Pod Security.
    '--allow-privileged=true',
    `--service-cluster-ip-range=${serviceCidr}`,
  ];
}

/** Arguments of the controller manager. */
export function managerArguments(files: ClusterFiles, port: number): string[] {
  return [
    ...componentArguments(files, port),
    `--service-account-private-key-file=${files.serviceAccountKey}`,
    // Admission policies tell controllers apart by their accounts.
    '--use-service-account-credentials=true',
  ];
}

/** Arguments of the scheduler. */
export function schedulerArguments(files: ClusterFiles, port: number): string[] {
  return componentArguments(files, port);
}

function componentArguments(files: ClusterFiles, port: number): string[] {
  return [
    `--kubeconfig=${files.kubeconfig}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--cert-dir=${files.folder}`,
  ];
}

/** Arguments of kwok; its default pod range overlaps common service ranges. */
export function kwokArguments(files: ClusterFiles, podCidr: string): string[] {
  return [`--kubeconfig=${files.kubeconfig}`, '--manage-all-nodes=true', '--node-lease-duration-seconds=40', `--cidr=${podCidr}`];
}
