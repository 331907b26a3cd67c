import { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import type { Construct } from 'constructs';
import { objectLabels } from '../../core/labels';
import { criticalities } from '../spec';

type Criticality = (typeof criticalities)[number];

/** Pod priority of the most critical zones. Kubernetes allows user-defined priorities up to one billion. */
const highestPriority = 1_000_000;
const priorityStep = 100_000;

/** Name of the PriorityClass of a criticality. It contains the estate, because PriorityClasses are cluster-scoped. */
export function priorityClassName(estate: string, criticality: string): string {
  return `${estate}-${criticality}`;
}

/** One PriorityClass per criticality in use, so that tiers of less critical zones are preempted first. */
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
