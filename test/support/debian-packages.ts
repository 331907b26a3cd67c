import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, succeed } from './process';

/** Unpacks packages of another Debian release into a folder, without root, with a separate apt that uses the mirror of the machine. */

const defaultKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

async function needTools(wanted: string): Promise<void> {
  for (const tool of ['apt-get', 'dpkg']) {
    const { status } = await run([tool, '--version']).catch(() => ({ status: -1 }));
    if (status !== 0) {
      throw new Error(`the tests need ${wanted}, but ${tool} is missing; run them on Debian or in a Debian container`);
    }
  }
}

/** A repository from the apt configuration of the machine. */
interface Mirror {
  readonly uri: string;
  readonly keyring: string;
}

async function findMirror(wanted: string): Promise<Mirror> {
  const format = '$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(SIGNED_BY)';
  const targets = await succeed(['apt-get', 'indextargets', '--format', format, 'Created-By: Packages']);
  for (const target of targets.split('\n')) {
    const [uri = '', release = '', component, signedBy = ''] = target.split('|');
    if (component !== 'main' || /-|security/.test(release) || !/\/debian\/?$/.test(uri)) continue;
    const keyring = existsSync(signedBy) ? signedBy : defaultKeyring;
    if (!existsSync(keyring))
      throw new Error(`the keyring ${keyring}, which verifies Debian packages, is missing; install debian-archive-keyring`);
    return { uri, keyring };
  }
  throw new Error(`the tests need ${wanted}, but the apt sources of the machine name no Debian mirror with the component main`);
}

/** Configuration of an apt that changes nothing outside its folder and runs no hooks of the machine. */
function aptConfiguration(folder: string): string {
  return [
    `Dir::State "${folder}/state";`,
    `Dir::State::status "${folder}/state/status";`,
    `Dir::Cache "${folder}/cache";`,
    `Dir::Etc "${folder}/etc";`,
    'APT::Sandbox::User "";',
    'APT::Install-Recommends "false";',
    'Debug::NoLocking "true";',
    'Acquire::Languages "none";',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";',
    '#clear APT::Update;',
    '#clear DPkg;',
    '',
  ].join('\n');
}

async function makeApt(folder: string, release: string, wanted: string): Promise<string[]> {
  const { uri, keyring } = await findMirror(wanted);
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'etc/apt.conf.d', 'etc/preferences.d']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await writeFile(join(folder, 'state/status'), '');
  await writeFile(join(folder, 'etc/sources.list'), `deb [signed-by=${keyring}] ${uri} ${release} main\n`);
  await writeFile(join(folder, 'apt.conf'), aptConfiguration(folder));
  return ['apt-get', '--quiet', '-c', join(folder, 'apt.conf')];
}

/**
 * Unpacks packages with their dependencies.
 *
 * @param release - code name of the release
 * @param work - folder for the files of apt, which can be removed afterwards
 * @param root - folder to unpack into
 * @throws {Error} if the machine has no apt, no mirror or no keyring
 */
export async function unpackDebianPackages(release: string, packages: readonly string[], work: string, root: string): Promise<void> {
  const wanted = packages.join(' and ');
  await needTools(wanted);
  const apt = await makeApt(work, release, wanted);
  await succeed([...apt, 'update', '--error-on=any'], { timeoutMilliseconds: 300_000 });
  await succeed([...apt, 'install', '--yes', '--download-only', ...packages], { timeoutMilliseconds: 300_000 });
  await mkdir(root, { recursive: true });
  const archives = join(work, 'cache/archives');
  for (const name of (await readdir(archives)).filter((file) => file.endsWith('.deb'))) {
    await succeed(['dpkg', '-x', join(archives, name), root]);
  }
}
