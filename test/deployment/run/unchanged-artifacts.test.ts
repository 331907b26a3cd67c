import { describe, expect, it } from 'vitest';
import type { Step } from '../../../lib/deployment/model/step';
import { withSameArtifacts } from '../../../lib/deployment/run/unchanged-artifacts';

const context = { log: '', say: () => {}, signal: new AbortController().signal, unfinished: [] };

/** A step that writes what it does, on artifacts that are said to be as they are by a list, look by look. */
function step(...looks: readonly (string | undefined)[]) {
  const did: string[] = [];
  const own: Step = {
    stack: { name: 'own-core', site: 'own', half: 'on-prem', after: [], file: '' },
    by: 'apply',
    run: async () => {
      did.push('applied');
      return { changed: true, summary: 'one object' };
    },
  };
  const rest = [...looks];
  return { did, run: () => withSameArtifacts(own, { artifacts: 'sha256:one', artifactsNow: () => rest.shift() }).run(context) };
}

describe('a step of a deployment', () => {
  it('is done with the artifacts that the record names', async () => {
    expect(await step('sha256:one', 'sha256:one').run()).toEqual({ changed: true, summary: 'one object' });
  });

  it.each([
    ['are others by now', 'sha256:two'],
    ['cannot be read', undefined],
  ])('does nothing with artifacts that %s', async (_what, now) => {
    const { did, run } = step(now);
    await expect(run()).rejects.toThrow(/^own-core: Cannot deploy the stack as .*sha256:one: current value is .*\[DEP019\]$/);
    expect(did).toEqual([]);
  });

  it('is not said to be done where they changed meanwhile: nobody knows which its tool has read', async () => {
    const { did, run } = step('sha256:one', 'sha256:two');
    await expect(run()).rejects.toThrow('DEP019');
    expect(did).toEqual(['applied']);
  });
});
