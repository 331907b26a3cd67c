import { describe, expect, it } from 'vitest';
import { preconditions } from '../../lib/estate/preconditions';
import { cloudTemplates } from '../fixtures/cloud-templates';
import { plannedTwoSites } from '../fixtures/two-sites';

const plan = plannedTwoSites();
const sentencesOf = (id: string) => {
  const site = plan.sites.find((candidate) => candidate.id === id);
  if (!site) throw new Error(`no site ${id}`);
  return preconditions(plan, site);
};

describe('the preconditions of a cloud site', () => {
  const sentences = sentencesOf('cloud');

  it('name the files without which no instance starts, endpoint by endpoint', () => {
    const files = 'tls.crt, tls.key, client-ca.crt, crl.pem, tickets.keys, backend-ca.crt';
    expect(sentences.join('\n')).toContain(`places ${files} in /etc/diptych/tls/fix of every instance of zone orders`);
  });

  it('name exports that the stacks have', () => {
    const exported = [...cloudTemplates(plan).values()].flatMap((template) =>
      Object.values(template.toJSON().Outputs ?? {}).map((output) => (output as { Export: { Name: string } }).Export.Name),
    );
    const named = sentences.flatMap((sentence) => [...sentence.matchAll(/exported as ([a-z0-9:-]+)/g)].map(([, name]) => name));
    expect(named).toHaveLength(6);
    expect(exported).toEqual(expect.arrayContaining(named));
  });

  it('ask nothing of devices where no tier has any', () => {
    expect(sentences.filter((sentence) => sentence.includes('QuickAssist'))).toEqual([]);
  });
});

describe('the preconditions of a site on-prem', () => {
  it('name what scales tiers, what scrapes them and what their image needs', () => {
    const text = sentencesOf('frankfurt').join('\n');
    expect(text).toContain('metrics server');
    expect(text).toContain('port 8405');
    expect(text).toContain('/bin/sh');
  });
});
