import { appendFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { MissingProgram, type Outcome, type RunContext, runCommand } from '../../process/child';

/** Terraform's own command line in the folder of one stack. */
export class Terraform {
  constructor(
    private readonly folder: string,
    private readonly log: string,
    private readonly context: RunContext,
  ) {}

  /** Runs it, whatever its exit code. */
  attempt(...args: string[]): Promise<Outcome> {
    return this.start(args, false);
  }

  private async start(args: readonly string[], isUnlogged: boolean): Promise<Outcome> {
    const command = { program: 'terraform', args, folder: this.folder, env: environment(), log: this.log, isUnlogged };
    try {
      return await runCommand(command, this.context);
    } catch (error) {
      if (!(error instanceof MissingProgram)) throw error;
      const fix = 'Install Terraform 1.11 or newer, or deploy with --on-prem-by apply.';
      throw new StepFailure(
        problem('DEP007', 'terraform', { cannot: 'deploy the on-prem half', as: 'Terraform must be installed', value: undefined, fix }),
      );
    }
  }

  /**
   * Runs it to its good end.
   *
   * @throws {StepFailure} DEP006 where it fails
   */
  async run(...args: string[]): Promise<string> {
    const { code, output } = await this.attempt(...args);
    if (code !== 0) throw new StepFailure(this.failed(args, output));
    return output;
  }

  /**
   * Lets it show a state or a plan, values and all, which the log does not keep.
   *
   * @throws {StepFailure} DEP006 where it fails
   */
  async show(...args: string[]): Promise<unknown> {
    const command = ['show', '-json', ...args];
    const { code, output } = await this.start(command, true);
    // It prints JSON on one line, after whatever it warns of.
    if (code === 0) return JSON.parse(output.trim().split('\n').at(-1) ?? '');
    appendFileSync(this.log, output);
    throw new StepFailure(this.failed(command, output));
  }

  /** What its end with an error is to a user. */
  failed([verb]: readonly string[], output: string) {
    const said = output
      .split('\n')
      .filter((line) => line.includes('Error: '))
      .at(-1)
      ?.replace(/^.*Error: /, '');
    const fix = `Read ${this.log}, mend the cause, and run the same command again: it goes on with this stack.`;
    return problem('DEP006', this.folder.split('/').at(-1) ?? '', {
      cannot: `${verb} the stack`,
      as: 'Terraform must end with 0',
      value: said,
      fix,
    });
  }
}

/** It asks nobody, and finds the clusters where kubectl does. */
function environment(): NodeJS.ProcessEnv {
  const { KUBECONFIG, KUBE_CONFIG_PATH, KUBE_CONFIG_PATHS } = process.env;
  const files = KUBECONFIG?.split(delimiter).filter((file) => file !== '') ?? [];
  const found =
    KUBE_CONFIG_PATH || KUBE_CONFIG_PATHS
      ? {}
      : files.length > 1
        ? { KUBE_CONFIG_PATHS: KUBECONFIG }
        : { KUBE_CONFIG_PATH: files[0] ?? '~/.kube/config' };
  return { ...process.env, ...found, TF_IN_AUTOMATION: '1', TF_INPUT: '0', TF_CLI_ARGS: '-no-color', CHECKPOINT_DISABLE: '1' };
}
