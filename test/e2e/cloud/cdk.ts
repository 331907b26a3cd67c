import { tmpdir } from 'node:os';
import { attempt, type Outcome } from '../harness/command';

/** The pinned `cdk` command. */
const program = require.resolve('aws-cdk/bin/cdk');

/** Runs the `cdk` command as a user does, on the cdk.json of the project. */
export class Cdk {
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly output: string,
  ) {}

  /** Bootstraps the account; runs outside the project, because no app is needed. */
  bootstrap(account: string, region: string): Promise<string> {
    return this.succeed(['bootstrap', `aws://${account}/${region}`, '--no-notices'], tmpdir());
  }

  /** Deploys every stack of an estate. */
  deploy(estate: string): Promise<string> {
    return this.succeed([...this.app('deploy', estate), '--all', '--require-approval=never']);
  }

  /** Compares an estate with the deployed stacks. */
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
