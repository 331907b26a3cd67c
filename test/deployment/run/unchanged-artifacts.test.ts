import { describe, expect, it } from 'vitest';
import type { Step } from '../../../lib/deployment/model/step';
import { withSameArtifacts } from '../../../lib/deployment/run/unchanged-artifacts';

const context = { log: '', say: () => {}, signal: new AbortController().signal, unfinished: [] };

/** A step that records its actions; successive reads of the digest return the given values. */
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

describe('withSameArtifacts', () => {
  it('the step runs when the artifacts are unchanged', async () => {
    expect(await step('sha256:one', 'sha256:one').run()).toEqual({ changed: true, summary: 'one object' });
  });

  it.each([
    [
      'have changed',
      'sha256:two',
      /^own-core: the artifacts have changed since the run began; .* sha256:one: got "sha256:two" \[DEP019\]$/,
    ],
    ['can no longer be read', undefined, /^own-core: the artifacts can no longer be read; .* sha256:one \[DEP019\]$/],
  ])('the step fails with DEP019 and does nothing when the artifacts %s', async (_what, now, problem) => {
    const { did, run } = step(now);
    await expect(run()).rejects.toThrow(problem);
    expect(did).toEqual([]);
  });

  it('the step fails with DEP019 when the artifacts change while it runs', async () => {
    const { did, run } = step('sha256:one', 'sha256:two');
    await expect(run()).rejects.toThrow('DEP019');
    expect(did).toEqual(['applied']);
  });
});
