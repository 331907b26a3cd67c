import { tmpdir } from 'node:os';
import { attempt, type Outcome } from '../harness/command';

/** The pinned command line of the CDK. */
const program = require.resolve('aws-cdk/bin/cdk');

/** The CDK's own command line, run as a user runs it: on the project's cdk.json. */
export class Cdk {
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly output: string,
  ) {}

  /** Makes what the CDK wants to find in an account; away from cdk.json, as it needs no application. */
  bootstrap(account: string, region: string): Promise<string> {
    return this.succeed(['bootstrap', `aws://${account}/${region}`, '--no-notices'], tmpdir());
  }

  /** Deploys every stack of an estate. */
  deploy(estate: string): Promise<string> {
    return this.succeed([...this.app('deploy', estate), '--all', '--require-approval=never']);
  }

  /** Compares an estate with what is deployed. */
  diff(estate: string): Promise<string> {
    return this.succeed(this.app('diff', estate));
  }

  /** Tries to delete every stack of an estate. */
  destroy(estate: string): Promise<Outcome> {
    return this.attempt([...this.app('destroy', estate), '--all', '--force']);
  }

  private app(command: string, estate: string): string[] {
    return [command, `--context=diptych:estate=${estate}`, `--output=${this.output}`, '--no-notices'];
  }

  private async succeed(args: readonly string[], folder?: string): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(args, folder);
    if (code !== 0) throw new Error(`\`cdk ${args.join(' ')}\` ended with ${code}:\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  private attempt(args: readonly string[], folder?: string): Promise<Outcome> {
    return attempt(process.execPath, [program, ...args], { folder, env: { ...this.env, NODE_NO_WARNINGS: '1', NO_COLOR: '1' } });
  }
}
