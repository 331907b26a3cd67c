import type {
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecVolume,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { EndpointPlan } from '../../zones/plan-schema';
import { configurationFolder, endpointFileNames, endpointFolder, runtimeFolder } from '../haproxy/paths';
import { endpointName } from './names';
import type { TierContext } from './site';

/** A volume and where the container sees it. */
export interface MountedVolume {
  readonly volume: DeploymentV1SpecTemplateSpecVolume;
  readonly mount: DeploymentV1SpecTemplateSpecContainerVolumeMount;
}

/** Readable by the pod's group alone. */
const privateMode = '0440';
const runtimeSize = '16Mi';

/** Names every file it needs: a pod whose Secret lacks one waits and says so, instead of failing again and again. */
function endpointFiles(endpoint: EndpointPlan, { tier }: TierContext): MountedVolume {
  const name = endpointName(endpoint.id);
  const items = endpointFileNames(endpoint, tier.profile.resumption.tickets).map((file) => ({ key: file, path: file }));
  return {
    volume: { name, projected: [{ defaultMode: privateMode, sources: [{ secret: [{ name, items, optional: false }] }] }] },
    mount: { name, mountPath: endpointFolder(endpoint.id), readOnly: true },
  };
}

/** The volumes of an instance: its configuration, its runtime socket in memory, and the files of every endpoint. */
export function mountedVolumes(context: TierContext, configurationName: string): MountedVolume[] {
  return [
    {
      volume: { name: 'configuration', configMap: { name: configurationName, defaultMode: privateMode } },
      mount: { name: 'configuration', mountPath: configurationFolder, readOnly: true },
    },
    {
      volume: { name: 'runtime', emptyDir: { medium: 'Memory', sizeLimit: runtimeSize } },
      mount: { name: 'runtime', mountPath: runtimeFolder },
    },
    ...context.zone.endpoints.map((endpoint) => endpointFiles(endpoint, context)),
  ];
}
