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

const hashLength = 10;

/** What an instance runs by; one that needs devices chooses between two means. */
function means({ zone, tier, haproxy }: TierContext): Record<string, string> {
  const capacity = renderCapacity(tier, haproxy);
  if (!tier.device) return { [capacityFile]: capacity };
  return {
    [capacityFiles.hardware]: capacity,
    [capacityFiles.software]: renderSoftwareFallback(tier, haproxy),
    [capacityFiles.proof]: renderSelfTest(zone, tier),
    [capacityFiles.prove]: selfTestScript(zone, tier),
  };
}

/**
 * The configuration of a tier, named by its content: a change is a new object, and so a rolling update.
 *
 * The new one is made first and the old one goes last, since instances that have not been replaced yet may restart.
 */
export function configuration(scope: Construct, context: TierContext): ConfigMapV1 {
  const { site, zone, tier, haproxy } = context;
  const files = { [configurationFile]: renderConfiguration(zone, tier, haproxy), ...means(context) };
  const hash = sha256(JSON.stringify(files)).replace('sha256:', '').slice(0, hashLength);
  return new ConfigMapV1(scope, 'configuration', {
    metadata: { name: `haproxy-${hash}`, namespace: site.namespace(zone.id), labels: objectLabels(site.estate, zone.id) },
    immutable: true,
    data: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, literal(text)])),
    lifecycle: { createBeforeDestroy: true },
  });
}
