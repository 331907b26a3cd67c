import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import { criticalities } from '../spec';

type Criticality = (typeof criticalities)[number];

/** Priority of pods of the most critical zones; user-defined priorities end at a thousand million. */
const highestPriority = 1_000_000;
const priorityStep = 100_000;

/** Name of the priority class of a criticality; the cluster may serve other estates. */
export function priorityClassName(estate: string, criticality: string): string {
  return `${estate}-${criticality}`;
}

/** One priority class a criticality that a zone with a tier has: under pressure the tiers of the less critical zones give way. */
export function priorityClasses(scope: Construct, estate: string, used: ReadonlySet<Criticality>): PriorityClassV1[] {
  return criticalities
    .filter((criticality) => used.has(criticality))
    .map(
      (criticality) =>
        new PriorityClassV1(scope, `priority_${criticality}`, {
          metadata: { name: priorityClassName(estate, criticality), labels: objectLabels(estate) },
          value: highestPriority - criticalities.indexOf(criticality) * priorityStep,
          description: `Termination tiers of ${criticality} zones of ${estate}`,
        }),
    );
}
