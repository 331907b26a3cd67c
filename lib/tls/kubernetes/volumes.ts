import type {
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecVolume,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { EndpointPlan } from '../../zones/plan-schema';
import { capacityFolder, configurationFolder, endpointFileNames, endpointFolder, runtimeFolder } from '../haproxy/container';
import type { TierContext } from './context';
import { endpointName } from './context';

type Mount = DeploymentV1SpecTemplateSpecContainerVolumeMount;

/** A volume, with its mounts in the HAProxy container and in the init container of a hardware tier. */
export interface MountedVolume {
  readonly volume: DeploymentV1SpecTemplateSpecVolume;
  readonly mount?: Mount;
  readonly initMount?: Mount;
}

/** File mode: readable by the pod's user and group only. */
const privateMode = '0440';
const runtimeSize = '16Mi';
/** More than the 1 MiB that a ConfigMap can hold. */
const chosenSize = '2Mi';

/** Files of an endpoint. Listing them makes a pod wait with an event if its Secret lacks one, instead of restarting repeatedly. */
function endpointFiles(endpoint: EndpointPlan, { tier }: TierContext): MountedVolume {
  const name = endpointName(endpoint.id);
  const items = endpointFileNames(endpoint, tier.profile.resumption.tickets).map((file) => ({ key: file, path: file }));
  const mount = { name, mountPath: endpointFolder(endpoint.id), readOnly: true };
  const sources = [{ secret: [{ name, items, optional: false }] }];
  return { volume: { name, projected: [{ defaultMode: privateMode, sources }] }, mount, initMount: mount };
}

/** The ConfigMap, mounted as it is, or copied by the init container of a hardware tier. */
function configurationVolumes({ tier }: TierContext, configurationName: string): MountedVolume[] {
  const name = 'configuration';
  const volume = { name, configMap: { name: configurationName, defaultMode: privateMode } };
  if (!tier.device) return [{ volume, mount: { name, mountPath: configurationFolder, readOnly: true } }];
  const chosen = { name: 'chosen', mountPath: configurationFolder };
  return [
    { volume, initMount: { name, mountPath: capacityFolder, readOnly: true } },
    {
      volume: { name: chosen.name, emptyDir: { medium: 'Memory', sizeLimit: chosenSize } },
      mount: { ...chosen, readOnly: true },
      initMount: chosen,
    },
  ];
}

/** Volumes of an instance: configuration, runtime socket in memory, and the files of every endpoint. */
export function mountedVolumes(context: TierContext, configurationName: string): MountedVolume[] {
  return [
    ...configurationVolumes(context, configurationName),
    {
      volume: { name: 'runtime', emptyDir: { medium: 'Memory', sizeLimit: runtimeSize } },
      mount: { name: 'runtime', mountPath: runtimeFolder },
    },
    ...context.zone.endpoints.map((endpoint) => endpointFiles(endpoint, context)),
  ];
}
