import { join } from 'node:path';
import type { ArtifactFolders } from '../../artifacts/folders';
import { isOfKind } from '../../artifacts/stack-kinds';
import { type PlacedStack, readStacks, requireKinds } from '../../artifacts/stacks';
import { Refusal } from '../../core/refusal';
import { acquireFileLock, type FileLock, LockHeldError } from '../../process/file-lock';
import { processIdentity } from '../../process/process-identity';
import { deploymentProblem } from '../codes';
import type { Choice } from '../gate/choice';
import { withControlPlaneErrors } from '../gate/control-plane-errors';
import { type OpenSite, openSites } from '../gate/open-sites';
import { checkTenancy } from '../gate/tenancy';
import { acquireLease } from '../kubernetes/lease/lease';
import type { OnPremTool, Step } from '../model/step';
import { removeLeftoverPlans } from '../terraform/saved-plan';
import { History } from './history';
import { Journal, type Listener } from './journal';
import { type DeploymentRecord, recordVersion, type StepRecord } from './record';
import { type Resumption, resumptionOf, waitForLeftovers } from './resume';
import { runSteps } from './run-steps';
import { orderStacks } from './stack-order';
import { type Action, stepsOf } from './steps';
import { type ArtifactDigests, withSameArtifacts } from './unchanged-artifacts';

/** What to deploy, and the callbacks that receive progress. */
export interface DeployProps extends ArtifactDigests {
  readonly action: Action;
  readonly estate: string;
  readonly outputs: ArtifactFolders;
  readonly choice: Choice;
  readonly onPremBy: OnPremTool;
  readonly cancel: AbortController;
  /** Receives messages for the user before the first step begins. */
  readonly say: (line: string) => void;
  /** Receives all steps before the first one begins; the returned listener receives each change of a step. */
  readonly begin: (steps: readonly StepRecord[]) => Listener;
}

/** Folder of the deployment records. */
export function historyFolder({ diptych }: Pick<ArtifactFolders, 'diptych'>): string {
  return join(diptych, 'deployments');
}

/**
 * Deploys the artifacts of an estate to its control planes, or destroys what was deployed from them.
 *
 * @throws {Refusal} before anything is changed
 * @throws {StepFailure} DEP020 if the record can no longer be written, after every running step has ended
 * @returns the record of the run
 */
export async function deploy(props: DeployProps): Promise<DeploymentRecord> {
  const { outputs, choice, cancel, say } = props;
  const history = new History(historyFolder(outputs));
  const lock = lockRecords(history.folder);
  try {
    if (lock.takenFrom) say(`took over the lock of process ${lock.takenFrom.pid}, which has ended`);
    const last = history.last();
    await waitForLeftovers(last, cancel.signal, say);
    removeLeftoverPlans(history.folder);
    const open = await openSites(choice.sites, cancel.signal);
    return await withLeases(open, props, () => run(props, history, last, open));
  } finally {
    lock.release();
  }
}

/** @throws {Refusal} DEP005 if another run holds the lock */
function lockRecords(folder: string): FileLock {
  try {
    return acquireFileLock(folder);
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    const { path, holder } = error;
    throw new Refusal('refused', [
      deploymentProblem('DEP005', path, {
        wrong: `${holder ? `process ${holder.pid} on ${holder.host}` : 'another process'} holds the lock`,
        rule: 'an estate must have one run at a time',
        fix: 'Wait until it has ended; if it was killed on another machine, remove the file.',
      }),
    ]);
  }
}

async function withLeases<T>(open: readonly OpenSite[], { cancel, say }: DeployProps, work: () => Promise<T>): Promise<T> {
  const leases: { release(): Promise<void> }[] = [];
  const lost = (error: Error) => {
    say(error.message);
    cancel.abort(error);
  };
  try {
    for (const one of open) {
      if (!('objects' in one)) continue;
      const { objects, site } = one;
      const lease = await withControlPlaneErrors(`sites/${site.id}`, () =>
        acquireLease({ objects, site: site.id, signal: cancel.signal, say, lost }),
      );
      if (lease.takenFrom !== undefined) say(`took over the Lease of ${lease.takenFrom} at ${site.id}, whose holder has ended`);
      leases.push(lease);
    }
    return await work();
  } finally {
    await Promise.all(leases.map((lease) => lease.release()));
  }
}

async function run(
  props: DeployProps,
  history: History,
  last: DeploymentRecord | undefined,
  open: readonly OpenSite[],
): Promise<DeploymentRecord> {
  const { action, outputs, artifacts, choice, cancel, say, begin } = props;
  const { kind } = action;
  const stacks = readStacks(outputs, choice.sites);
  requireKinds(stacks, choice.kinds ?? []);
  await checkTenancy(props, stacks, open);
  const ordered = await orderStacks(kind, stacks, open, cancel.signal);
  const chosen = ordered.filter((stack) => isOfKind(stack, choice.kinds ?? []));
  const steps = stepsOf(props, chosen, open);
  const resumption = await resumptionOf(last, { action: kind, artifacts }, steps);
  if (resumption) say(resumed(resumption, steps.length));
  const earlier = history.steps();
  const record = newRecord(props, history.nextNumber(), steps, resumption);
  const journal = new Journal(history, record, (step) => tell(step));
  const tell = begin(record.steps);
  await runSteps({
    steps: steps.map((step) => withSameArtifacts(step, props)),
    journal,
    folder: history.folder,
    first: choice.first,
    earlier,
    signal: cancel.signal,
  });
  const done = journal.record.steps.every(({ status, site }) => status === 'done' || isLost(choice, site));
  return journal.end(done ? 'done' : cancel.signal.aborted ? 'cancelled' : 'failed');
}

function resumed({ number, done, changed, interrupted }: Resumption, count: number): string {
  const middle = interrupted.length > 0 ? `, which was interrupted in ${interrupted.join(', ')}` : '';
  const again = changed.length > 0 ? `; deployed by somebody else since, so they run again: ${changed.join(', ')}` : '';
  return `resumes deployment ${number}${middle}: ${done.size} of ${count} stacks are done${again}`;
}

function newRecord(props: DeployProps, number: number, steps: readonly Step[], resumption: Resumption | undefined): DeploymentRecord {
  const { action, estate, artifacts, choice, outputs, onPremBy } = props;
  const notReached = readStacks(outputs, choice.lost).filter((stack) => isOfKind(stack, choice.kinds ?? []));
  const lost = notReached.map((stack): StepRecord => {
    const by = stack.half === 'cloud' ? 'cdk' : onPremBy;
    return { ...newStep(number, stack, by), status: 'not-reached', summary: 'the site is lost' };
  });
  return {
    version: recordVersion,
    number,
    action: action.kind,
    estate,
    artifacts,
    process: processIdentity(process.pid),
    started: new Date().toISOString(),
    outcome: 'running',
    ...(resumption && { resumes: resumption.number }),
    sitesLost: choice.lost.map(({ id }) => id),
    steps: [...steps.map(({ stack, by }) => resumedStep(newStep(number, stack, by), resumption?.done.get(stack.name))), ...lost],
  };
}

function newStep(number: number, { name, site, half }: PlacedStack, by: Step['by']): StepRecord {
  return { stack: name, site, half, by, status: 'waiting', log: `${number}/${name}.log`, groups: [], untainted: [], unlocked: [] };
}

function resumedStep(step: StepRecord, done: Pick<StepRecord, 'doneIn' | 'fingerprint'> | undefined): StepRecord {
  return done ? { ...step, ...done, status: 'done', summary: `done in deployment ${done.doneIn}` } : step;
}

function isLost({ lost }: Choice, site: string): boolean {
  return lost.some(({ id }) => id === site);
}
