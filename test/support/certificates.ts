import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { keyAlgorithms } from '../../lib/zones/spec';
import { succeed } from './process';
import { toolchain } from './toolchain';

/** Key algorithms of test certificates, which a real OpenSSL issues with a validity of one day. */
export type StandInAlgorithm = (typeof keyAlgorithms)[number] | 'ed25519' | 'ecdsa-p521';

const newKey: Readonly<Record<StandInAlgorithm, readonly string[]>> = {
  'ecdsa-p256': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ecdsa-p384': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'ecdsa-p521': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  'rsa-2048': ['rsa:2048'],
  'rsa-3072': ['rsa:3072'],
  'rsa-4096': ['rsa:4096'],
  'ml-dsa-65': ['ML-DSA-65'],
  'ml-dsa-87': ['ML-DSA-87'],
  ed25519: ['ED25519'],
};

/** Paths of a certificate and its key. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Attributes of a test certificate. */
export interface CertificateRequest {
  /** Base name of the files. */
  readonly name: string;
  /** Subject in OpenSSL's configuration syntax, as bytes. @default - the common name is `name` */
  readonly subject?: Buffer;
  readonly serverNames?: readonly string[];
  readonly algorithm?: StandInAlgorithm;
}

function configuration({ name, subject, serverNames = [] }: CertificateRequest): Buffer {
  const names = serverNames.length > 0 ? `subjectAltName=${serverNames.map((text) => `DNS:${text}`).join(',')}\n` : '';
  return Buffer.concat([
    // T61String accepts any byte, for tests with unusual subjects.
    Buffer.from(`[req]\nprompt=no\ndistinguished_name=dn\n${subject ? 'string_mask=MASK:0x4\n' : ''}x509_extensions=ext\n`),
    Buffer.from(`[ext]\n${names}basicConstraints=CA:FALSE\n[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign,cRLSign\n[dn]\n`),
    subject ?? Buffer.from(`CN=${name}\n`),
  ]);
}

async function make(folder: string, request: CertificateRequest, extra: readonly string[]): Promise<KeyPair> {
  const { openssl, env } = await toolchain();
  const [certificate, key, config] = ['crt', 'key', 'cnf'].map((kind) => join(folder, `${request.name}.${kind}`)) as [
    string,
    string,
    string,
  ];
  await writeFile(config, configuration(request));
  const files = ['-config', config, '-keyout', key, '-out', certificate];
  await succeed(
    [openssl, 'req', '-x509', '-nodes', '-days', '1', '-newkey', ...newKey[request.algorithm ?? 'ecdsa-p256'], ...files, ...extra],
    { env },
  );
  return { certificate, key };
}

/** A certificate authority for one test. */
export class StandInAuthority {
  private constructor(
    private readonly folder: string,
    readonly pair: KeyPair,
  ) {}

  static async create(parent: string, name: string, algorithm: StandInAlgorithm = 'ecdsa-p256'): Promise<StandInAuthority> {
    const folder = join(parent, name);
    await mkdir(folder, { recursive: true });
    const pair = await make(folder, { name, algorithm }, ['-extensions', 'ca']);
    await writeFile(join(folder, 'index.txt'), '');
    await writeFile(join(folder, 'ca.cnf'), `[ca]\ndefault_ca=own\n[own]\ndatabase=${folder}/index.txt\ndefault_crl_days=1\n`);
    return new StandInAuthority(folder, pair);
  }

  issue(request: CertificateRequest): Promise<KeyPair> {
    return make(this.folder, request, ['-CA', this.pair.certificate, '-CAkey', this.pair.key]);
  }

  private async ca(...args: readonly string[]): Promise<string> {
    const { openssl, env } = await toolchain();
    const issuer = ['-cert', this.pair.certificate, '-keyfile', this.pair.key];
    return succeed([openssl, 'ca', '-config', join(this.folder, 'ca.cnf'), '-md', 'default', ...issuer, ...args], { env });
  }

  /** Returns a CRL with these certificates, in addition to those revoked earlier. */
  async revocationList(...revoked: readonly KeyPair[]): Promise<string> {
    for (const { certificate } of revoked) await this.ca('-revoke', certificate);
    return this.ca('-gencrl');
  }
}

/** Content of a ticket key file. HAProxy encrypts with the second-last key and decrypts with all three. */
export function ticketKeys(): string {
  return Array.from({ length: 3 }, () => `${randomBytes(80).toString('base64')}\n`).join('');
}
