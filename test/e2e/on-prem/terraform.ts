import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, type Outcome, succeed } from '../harness/command';

/** Environment variable with the path of a filesystem mirror of Terraform providers. */
export const mirrorVariable = 'DIPTYCH_TERRAFORM_MIRROR';

/** Environment of a Terraform run. */
export interface TerraformProps {
  /** Folder with one folder per stack. */
  readonly stacks: string;
  readonly kubeconfig: string;
  readonly mirror: string;
  /** File for the CLI configuration. */
  readonly scratch: string;
}

/** The `terraform` command on the stacks of one site. */
export class Terraform {
  private readonly env: NodeJS.ProcessEnv;

  constructor(private readonly props: TerraformProps) {
    const configuration = join(props.scratch, 'terraform.rc');
    writeFileSync(configuration, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(props.mirror)}\n  }\n}\n`);
    this.env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: configuration,
      KUBE_CONFIG_PATH: props.kubeconfig,
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      CHECKPOINT_DISABLE: '1',
      TF_CLI_ARGS: '-no-color',
    };
  }

  /** @throws if Terraform fails */
  run(stack: string, ...args: string[]): Promise<string> {
    return succeed('terraform', this.arguments(stack, args), { env: this.env });
  }

  /** Exit code of a plan: 0 without changes, 2 with changes. */
  plan(stack: string): Promise<Outcome> {
    return attempt('terraform', this.arguments(stack, ['plan', '-detailed-exitcode']), { env: this.env });
  }

  /** Addresses of the managed resources in the state. */
  async addresses(stack: string): Promise<string[]> {
    const listed = await this.run(stack, 'state', 'list');
    return listed.split('\n').filter((address) => address !== '' && !address.startsWith('data.'));
  }

  private arguments(stack: string, args: readonly string[]): string[] {
    return [`-chdir=${join(this.props.stacks, stack)}`, ...args];
  }
}
