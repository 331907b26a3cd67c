import { renderConfiguration } from '../../../lib/tls/haproxy/configuration';
import { type PlannedTier, twoEndpoints, validated, withoutResumption } from '../../fixtures/tiers';
import { keywords, type Mutant, mutants } from '../../support/directives';
import { Rig } from '../../support/rig';
import { tierChecks } from '../../support/server-checks';
import { Subject } from '../../support/subject';

/**
 * Drops each TLS directive from what the renderer emits, in turn, and expects the checks of a running tier to notice.
 *
 * An argument leaves only the directives that contain it.
 */

const [, , wanted = ''] = process.argv;

/** What other files and builds might bring: a directive that only repeats a good default would be missed under these. */
const adverseDefaults = `global
    ssl-security-level 0
    ssl-server-verify none
    ssl-default-bind-options ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.2
    ssl-default-bind-ciphers AES128-SHA
    ssl-default-bind-ciphersuites TLS_AES_128_CCM_SHA256
    ssl-default-bind-curves P-521
    ssl-default-bind-sigalgs rsa_pkcs1_sha512
    ssl-default-bind-client-sigalgs rsa_pkcs1_sha512
    ssl-default-server-options ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.2
    ssl-default-server-ciphers ALL
    ssl-default-server-ciphersuites TLS_AES_128_CCM_SHA256
    ssl-default-server-curves P-521
    ssl-default-server-sigalgs rsa_pkcs1_sha512
`;

/** Mutants examined at a time. */
const atATime = 3;

/** What is wrong with a configuration; nothing where every check passes. */
async function findFault(rig: Rig, { configuration, endpoint }: Omit<Mutant, 'name'>): Promise<string | undefined> {
  const subject = new Subject(rig, configuration, adverseDefaults);
  const endpoints = rig.endpoints.toSorted((one, other) => Number(other.id === endpoint) - Number(one.id === endpoint));
  try {
    for (const each of endpoints) for (const check of tierChecks) await check.run(subject, each);
    return undefined;
  } catch (fault) {
    return (fault as Error).message.split('\n')[0];
  } finally {
    await subject.stop();
  }
}

function mutantsOf({ zone, tier, haproxy }: PlannedTier, configuration: string, known: Awaited<ReturnType<typeof keywords>>): Mutant[] {
  const endpoints = zone.endpoints.map((endpoint) => ({ ...endpoint, backend: { ...endpoint.backend, serverName: undefined } }));
  return mutants(configuration, renderConfiguration({ ...zone, endpoints } as typeof zone, tier, haproxy), known);
}

/** Examines every mutant of a tier; gives the names of those that passed every check. */
async function survivors(planned: PlannedTier): Promise<{ examined: string[]; passed: string[] }> {
  const rig = await Rig.create(planned);
  try {
    const fault = await findFault(rig, { configuration: rig.configuration });
    if (fault !== undefined) throw new Error(`the configuration as emitted fails: ${fault}`);
    const waiting = mutantsOf(planned, rig.configuration, await keywords()).filter(({ name }) => name.includes(wanted));
    const examined = waiting.map(({ name }) => name);
    const passed: string[] = [];
    const work = async () => {
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
        const found = await findFault(rig, mutant);
        if (found === undefined) passed.push(mutant.name);
        process.stdout.write(
          `${found === undefined ? 'GREEN' : 'red  '} ${mutant.name}${found === undefined ? '' : `\n        ${found}`}\n`,
        );
      }
    };
    await Promise.all(Array.from({ length: atATime }, work));
    return { examined, passed };
  } finally {
    await rig.dispose();
  }
}

async function main(): Promise<void> {
  const examined = new Set<string>();
  const red = new Set<string>();
  for (const planned of [twoEndpoints(), withoutResumption(), validated()]) {
    const outcome = await survivors(planned);
    // A directive that every tier has is noticed by the one that depends on it.
    for (const name of outcome.examined) {
      examined.add(name);
      if (!outcome.passed.includes(name)) red.add(name);
    }
  }
  const green = [...examined].filter((name) => !red.has(name));
  for (const name of green) process.stdout.write(`not noticed: ${name}\n`);
  process.stdout.write(`${red.size}/${examined.size} red\n`);
  if (green.length > 0) process.exitCode = 1;
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
