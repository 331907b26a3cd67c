import type { DeploymentV1SpecTemplateSpecInitContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { capacityFile, capacityFiles, capacityFolder, configurationFile, configurationFolder } from '../haproxy/container';
import { confined } from './container';
import type { TierContext } from './context';
import type { MountedVolume } from './volumes';

/** Copies what the instance is to run by: its means with devices once HAProxy has proved them, those of software otherwise. */
const choose = [
  `means=${capacityFiles.software}`,
  `if /bin/sh ${capacityFolder}/${capacityFiles.prove}; then means=${capacityFiles.hardware}; fi`,
  'echo "capacity: $means"',
  `cp ${capacityFolder}/${configurationFile} ${configurationFolder}/${configurationFile}`,
  `cp "${capacityFolder}/$means" ${configurationFolder}/${capacityFile}`,
].join('\n');

/**
 * What runs before an instance that needs devices serves; nothing for any other.
 *
 * The kubelet hands the devices of a container that has ended to the next one of its pod, so that it proves the very devices that serve.
 */
export function choosing(context: TierContext, volumes: readonly MountedVolume[]): DeploymentV1SpecTemplateSpecInitContainer[] {
  if (!context.tier.device) return [];
  return [
    {
      ...confined(context),
      name: 'choose-acceleration',
      command: ['/bin/sh', '-euc', choose],
      volumeMount: volumes.flatMap(({ choosing: mount }) => mount ?? []),
    },
  ];
}
