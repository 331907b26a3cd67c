import type {
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecVolume,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { EndpointPlan } from '../../zones/plan-schema';
import { capacityFolder, configurationFolder, endpointFileNames, endpointFolder, runtimeFolder } from '../haproxy/container';
import type { TierContext } from './context';
import { endpointName } from './context';

type Mount = DeploymentV1SpecTemplateSpecContainerVolumeMount;

/** A volume and where containers see it: the one that serves, and the one that chooses its means where there is a choice. */
export interface MountedVolume {
  readonly volume: DeploymentV1SpecTemplateSpecVolume;
  readonly serving?: Mount;
  readonly choosing?: Mount;
}

/** Readable by the pod's group alone. */
const privateMode = '0440';
const runtimeSize = '16Mi';
/** More than a ConfigMap can hold. */
const chosenSize = '2Mi';

/** Names every file it needs: a pod whose Secret lacks one waits and says so, instead of failing again and again. */
function endpointFiles(endpoint: EndpointPlan, { tier }: TierContext): MountedVolume {
  const name = endpointName(endpoint.id);
  const items = endpointFileNames(endpoint, tier.profile.resumption.tickets).map((file) => ({ key: file, path: file }));
  const mount = { name, mountPath: endpointFolder(endpoint.id), readOnly: true };
  const sources = [{ secret: [{ name, items, optional: false }] }];
  return { volume: { name, projected: [{ defaultMode: privateMode, sources }] }, serving: mount, choosing: mount };
}

/** The ConfigMap as it is, or what is chosen from it. */
function configurationVolumes({ tier }: TierContext, configurationName: string): MountedVolume[] {
  const name = 'configuration';
  const volume = { name, configMap: { name: configurationName, defaultMode: privateMode } };
  if (!tier.device) return [{ volume, serving: { name, mountPath: configurationFolder, readOnly: true } }];
  const chosen = { name: 'chosen', mountPath: configurationFolder };
  return [
    { volume, choosing: { name, mountPath: capacityFolder, readOnly: true } },
    {
      volume: { name: chosen.name, emptyDir: { medium: 'Memory', sizeLimit: chosenSize } },
      serving: { ...chosen, readOnly: true },
      choosing: chosen,
    },
  ];
}

/** The volumes of an instance: its configuration, its runtime socket in memory, and the files of every endpoint. */
export function mountedVolumes(context: TierContext, configurationName: string): MountedVolume[] {
  return [
    ...configurationVolumes(context, configurationName),
    {
      volume: { name: 'runtime', emptyDir: { medium: 'Memory', sizeLimit: runtimeSize } },
      serving: { name: 'runtime', mountPath: runtimeFolder },
    },
    ...context.zone.endpoints.map((endpoint) => endpointFiles(endpoint, context)),
  ];
}
