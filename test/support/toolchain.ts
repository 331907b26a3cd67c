import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, installPrograms, only } from './debian-programs';
import { run, succeed } from './process';

/** HAProxy and OpenSSL programs of fixed versions, cached outside the checkout. */
export interface Toolchain {
  /** Paths of the programs. */
  readonly haproxy: string;
  readonly openssl: string;
  /** Environment of both programs, which ignores the machine's own OpenSSL. */
  readonly env: Readonly<Record<string, string>>;
  /** The same environment with OpenSSL's FIPS module installed, as in an image for FIPS. */
  readonly fipsEnv: Readonly<Record<string, string>>;
}

/** Versions in the Debian release that the packages come from. */
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
    throw new Error(`the installed programs have unexpected versions: wanted ${wanted.join(' and ')}, found ${answers.join(' and ')}`);
  }
}

/** Runs the self-test of the FIPS module and records its checksum, which the provider needs to load. */
async function installFipsModule({ openssl, env, fipsEnv }: Toolchain): Promise<void> {
  const section = await succeed([openssl, 'fipsinstall', '-quiet', '-module', join(env.OPENSSL_MODULES ?? '', 'fips.so')], { env });
  const head = ['openssl_conf = openssl', '[openssl]', 'providers = providers', '[providers]', 'fips = fips_sect', ''];
  // Configured, but loaded only on request.
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
 * The tools. They are downloaded on first use, which takes a few seconds.
 *
 * @throws {Error} if a prerequisite is missing
 */
export function toolchain(): Promise<Toolchain> {
  fetched ??= fetchOnce();
  return fetched;
}
