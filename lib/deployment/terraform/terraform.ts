import { appendFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { quote } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { MissingProgram, type Outcome, type RunContext, runCommand } from '../../process/child';
import { deploymentProblem } from '../codes';
import { kubeconfigFiles } from '../kubernetes/client/kubeconfig';

/** The `terraform` command in the folder of one stack. */
export class Terraform {
  constructor(
    private readonly folder: string,
    private readonly log: string,
    private readonly context: RunContext,
  ) {}

  /** Runs a command and returns its outcome whatever its exit code. */
  attempt(...args: string[]): Promise<Outcome> {
    return this.start(args, false);
  }

  private async start(args: readonly string[], isUnlogged: boolean): Promise<Outcome> {
    const command = { program: 'terraform', args, folder: this.folder, env: environment(), log: this.log, isUnlogged };
    try {
      return await runCommand(command, this.context);
    } catch (error) {
      if (!(error instanceof MissingProgram)) throw error;
      throw new StepFailure(
        deploymentProblem('DEP007', 'terraform', {
          wrong: 'Terraform is not installed',
          rule: 'it must be installed to deploy or destroy on-prem sites with it',
          fix: 'Install Terraform 1.11 or newer, or use --on-prem-by apply.',
        }),
      );
    }
  }

  /**
   * Runs a command and returns its output.
   *
   * @throws {StepFailure} DEP006 if it fails
   */
  async run(...args: string[]): Promise<string> {
    const { code, output } = await this.attempt(...args);
    if (code !== 0) throw new StepFailure(this.failed(args, output));
    return output;
  }

  /**
   * Runs `terraform show -json` and parses its output, which is not logged because it contains values.
   *
   * @throws {StepFailure} DEP006 if it fails
   */
  async show(...args: string[]): Promise<unknown> {
    const command = ['show', '-json', ...args];
    const { code, output } = await this.start(command, true);
    // The JSON is on the last line, after any warnings.
    if (code === 0) return JSON.parse(output.trim().split('\n').at(-1) ?? '');
    appendFileSync(this.log, output);
    throw new StepFailure(this.failed(command, output));
  }

  /** Problem for a command that failed, with the last error that Terraform printed. */
  failed([verb]: readonly string[], output: string) {
    const said = output
      .split('\n')
      .filter((line) => line.includes('Error: '))
      .at(-1)
      ?.replace(/^.*Error: /, '');
    return deploymentProblem('DEP006', this.folder.split('/').at(-1) ?? '', {
      wrong: `terraform ${verb} failed${said === undefined ? '' : `: ${quote(said)}`}`,
      rule: 'it must exit with 0',
      fix: `Read ${this.log}, correct the cause, and run the same command again: it resumes at this stack.`,
    });
  }
}

/** Variables of the provider that decide which cluster it reaches, and as whom. The kubeconfig and its context decide that alone. */
const clusterVariables =
  /^KUBE_(?:CONFIG_PATHS?|CTX|CTX_AUTH_INFO|CTX_CLUSTER|HOST|USER|PASSWORD|TOKEN|INSECURE|TLS_SERVER_NAME|PROXY_URL|CLIENT_CERT_DATA|CLIENT_KEY_DATA|CLUSTER_CA_CERT_DATA)$/;

/** Disables prompts, and points the provider to the kubeconfig that the checks of Diptych use. */
function environment(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !clusterVariables.test(name));
  const files = kubeconfigFiles();
  const config = files.length > 1 ? { KUBE_CONFIG_PATHS: files.join(delimiter) } : { KUBE_CONFIG_PATH: files[0] };
  const quiet = { TF_IN_AUTOMATION: '1', TF_INPUT: '0', TF_CLI_ARGS: '-no-color', CHECKPOINT_DISABLE: '1' };
  return { ...Object.fromEntries(others), ...config, ...quiet };
}
