import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, installPrograms, only } from './debian-programs';
import { run, succeed } from './process';

/** A real HAProxy and a real OpenSSL, the same on every machine, kept outside the checkout. */
export interface Toolchain {
  /** Paths of the programs. */
  readonly haproxy: string;
  readonly openssl: string;
  /** Environment of both programs: nothing of the machine's own OpenSSL is read. */
  readonly env: Readonly<Record<string, string>>;
  /** The same for a process that may load OpenSSL's FIPS provider: its module is installed, as an image for it would have it. */
  readonly fipsEnv: Readonly<Record<string, string>>;
}

/** What the tests run: the packages of a release of Debian that has these versions. */
const haproxyVersion = '3.0';
const opensslVersion = '3.5';
const packages = ['haproxy', 'openssl', 'openssl-provider-fips'];

const home = join(cacheFolder, `haproxy-${haproxyVersion}-openssl-${opensslVersion}-${process.arch}`);

async function open(): Promise<Toolchain> {
  const OPENSSL_MODULES = join(await only(join(home, 'usr/lib'), /-linux-gnu/), 'ossl-modules');
  return {
    haproxy: join(home, 'haproxy'),
    openssl: join(home, 'openssl'),
    env: { OPENSSL_MODULES, OPENSSL_CONF: join(home, 'openssl.cnf') },
    fipsEnv: { OPENSSL_MODULES, OPENSSL_CONF: join(home, 'fips.cnf') },
  };
}

async function checkVersions({ haproxy, openssl, env }: Toolchain): Promise<void> {
  const answers = [await run([haproxy, '-v'], { env }), await run([openssl, 'version'], { env })].map(({ stdout }) => stdout);
  const wanted = [`HAProxy version ${haproxyVersion}.`, `OpenSSL ${opensslVersion}.`];
  if (wanted.some((text, index) => !answers[index]?.startsWith(text))) {
    throw new Error(`Cannot run the tests with what was fetched: wanted ${wanted.join(' and ')}, found ${answers.join(' and ')}`);
  }
}

/** Lets the FIPS module test itself and records its checksum, without which the provider refuses to load. */
async function installFipsModule({ openssl, env, fipsEnv }: Toolchain): Promise<void> {
  const section = await succeed([openssl, 'fipsinstall', '-quiet', '-module', join(env.OPENSSL_MODULES ?? '', 'fips.so')], { env });
  const head = ['openssl_conf = openssl', '[openssl]', 'providers = providers', '[providers]', 'fips = fips_sect', ''];
  // Known, and loaded only by who asks for it.
  await writeFile(fipsEnv.OPENSSL_CONF ?? '', [...head, section.replace('activate = 1', '')].join('\n'));
}

async function prepare(): Promise<void> {
  await writeFile(join(home, 'openssl.cnf'), '');
  const tools = await open();
  await checkVersions(tools);
  await installFipsModule(tools);
}

let fetched: Promise<Toolchain> | undefined;

async function fetchOnce(): Promise<Toolchain> {
  await installPrograms(home, packages, ['usr/sbin/haproxy', 'usr/bin/openssl'], prepare);
  return open();
}

/**
 * The tools, fetched where the machine does not have them yet: a few seconds, once.
 *
 * @throws {Error} that names the prerequisite that is missing
 */
export function toolchain(): Promise<Toolchain> {
  fetched ??= fetchOnce();
  return fetched;
}
