import type { DeploymentV1SpecTemplateSpecInitContainer } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { capacityFile, capacityFiles, capacityFolder, configurationFile, configurationFolder } from '../haproxy/container';
import { hardenedContainer } from './container';
import type { TierContext } from './context';
import type { MountedVolume } from './volumes';

/** Shell script that installs the configuration, and the hardware or software capacity file depending on the self-test. */
const chooseScript = [
  `means=${capacityFiles.software}`,
  `if /bin/sh ${capacityFolder}/${capacityFiles.selfTestScript}; then means=${capacityFiles.hardware}; fi`,
  'echo "capacity: $means"',
  `cp ${capacityFolder}/${configurationFile} ${configurationFolder}/${configurationFile}`,
  `cp "${capacityFolder}/$means" ${configurationFolder}/${capacityFile}`,
].join('\n');

/**
 * The init container that tests the devices of a hardware tier before HAProxy starts; empty for a software tier.
 *
 * The kubelet passes the devices of a finished init container to the next container of its pod, so the tested devices are those that serve.
 */
export function initContainers(context: TierContext, volumes: readonly MountedVolume[]): DeploymentV1SpecTemplateSpecInitContainer[] {
  if (!context.tier.device) return [];
  return [
    {
      ...hardenedContainer(context),
      name: 'choose-acceleration',
      command: ['/bin/sh', '-euc', chooseScript],
      volumeMount: volumes.flatMap(({ initMount }) => initMount ?? []),
    },
  ];
}
