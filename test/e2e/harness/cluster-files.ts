import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keys, tokens and the kubeconfig of one cluster. */
export class ClusterFiles {
  readonly token = randomBytes(16).toString('hex');
  readonly tokens: string;
  readonly serviceAccountKey: string;
  readonly kubeconfig: string;

  constructor(readonly folder: string) {
    this.tokens = this.write('tokens.csv', `${this.token},e2e,e2e,system:masters\n`);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.serviceAccountKey = this.write('service-account.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    this.kubeconfig = join(folder, 'kubeconfig');
  }

  /** Written after the API server has created its certificate. */
  writeKubeconfig(context: string, port: number): void {
    const authority = readFileSync(join(this.folder, 'apiserver.crt')).toString('base64');
    const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': authority };
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: context, cluster }],
      users: [{ name: context, user: { token: this.token } }],
      contexts: [{ name: context, context: { cluster: context, user: context } }],
      'current-context': context,
    };
    this.write('kubeconfig', JSON.stringify(config, undefined, 2));
  }

  private write(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }
}
