import { definitions } from './definitions';
import { emulator } from './emulator';
import { goTool } from './go-tool';

/** The Kubernetes control plane and its client. */
export const kubernetes = goTool({
  name: 'kubernetes',
  module: 'k8s.io/kubernetes',
  programs: Object.fromEntries(
    ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'].map((program) => [
      program,
      `k8s.io/kubernetes/cmd/${program}`,
    ]),
  ),
  versionVariable: 'k8s.io/component-base/version.gitVersion',
});

/** The store of the control plane. With older versions, such as 3.4 in Debian, watches fall back to polling. */
export const etcd = goTool({ name: 'etcd', module: 'go.etcd.io/etcd/server/v3', programs: { etcd: 'go.etcd.io/etcd/server/v3' } });

/** Simulates nodes and their pods. */
export const kwok = goTool({ name: 'kwok', module: 'sigs.k8s.io/kwok', programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' } });

/** Everything that `npm run e2e:tools` installs. The slowest comes last, so that failures show early. */
export const tools = [emulator, definitions, etcd, kwok, kubernetes];
