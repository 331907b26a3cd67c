import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import type { Construct } from 'constructs';
import { sha256 } from '../../core/digest';
import { objectLabels } from '../../core/labels';
import { literal } from '../../core/terraform';
import { renderCapacity, renderSoftwareFallback } from '../haproxy/capacity';
import { renderConfiguration } from '../haproxy/configuration';
import { capacityFile, capacityFiles, configurationFile } from '../haproxy/container';
import { renderSelfTest, selfTestScript } from '../haproxy/self-test';
import type { TierContext } from './context';

/** Length of the digest in the name, in hexadecimal digits. */
const hashLength = 10;

/** Capacity files of the tier; the init container of a hardware tier chooses between two. */
function capacityData({ zone, tier, haproxy }: TierContext): Record<string, string> {
  const capacity = renderCapacity(tier, haproxy);
  if (!tier.device) return { [capacityFile]: capacity };
  return {
    [capacityFiles.hardware]: capacity,
    [capacityFiles.software]: renderSoftwareFallback(tier, haproxy),
    [capacityFiles.selfTest]: renderSelfTest(zone, tier),
    [capacityFiles.selfTestScript]: selfTestScript(zone, tier),
  };
}

/**
 * The ConfigMap of a tier, named by a digest of its content, so that a change creates a new object and triggers a rolling update.
 *
 * The new ConfigMap is created before the old one is deleted, because instances that have not been replaced yet may restart.
 */
export function configuration(scope: Construct, context: TierContext): ConfigMapV1 {
  const { site, zone, tier, haproxy } = context;
  const files = { [configurationFile]: renderConfiguration(zone, tier, haproxy), ...capacityData(context) };
  const hash = sha256(JSON.stringify(files)).replace('sha256:', '').slice(0, hashLength);
  return new ConfigMapV1(scope, 'configuration', {
    metadata: { name: `haproxy-${hash}`, namespace: site.namespace(zone.id), labels: objectLabels(site.estate, zone.id) },
    immutable: true,
    data: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, literal(text)])),
    lifecycle: { createBeforeDestroy: true },
  });
}
