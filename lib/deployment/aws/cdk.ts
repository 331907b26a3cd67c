import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { problem } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { type Command, MissingProgram, type Outcome, type RunContext, runCommand } from '../../process/child';

/** The CDK's own command line on an assembly that is already there; its application is not run again. */
export class Cdk {
  constructor(
    private readonly assembly: string,
    private readonly log: string,
    private readonly context: RunContext,
  ) {}

  deploy(stack: string): Promise<Outcome> {
    return this.run(['deploy', stack, '--exclusively', '--require-approval=never', '--progress=events', '--ci']);
  }

  diff(stack: string): Promise<Outcome> {
    return this.run(['diff', stack, '--exclusively', '--no-change-set', '--ci']);
  }

  destroy(stack: string): Promise<Outcome> {
    return this.run(['destroy', stack, '--exclusively', '--force', '--ci']);
  }

  private async run(args: readonly string[]): Promise<Outcome> {
    const command: Command = {
      program: programFrom(process.cwd()),
      args: [...args, '--app=.', '--no-notices', '--no-color'],
      // Away from any cdk.json: its `build` would be run, though the assembly is there.
      folder: this.assembly,
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', NODE_NO_WARNINGS: '1', NO_COLOR: '1' },
      log: this.log,
    };
    try {
      return await runCommand(command, this.context);
    } catch (error) {
      if (!(error instanceof MissingProgram)) throw error;
      const fix = 'Install it: npm install --save-dev aws-cdk@2.';
      throw new StepFailure(
        problem('DEP007', 'cdk', {
          cannot: 'deploy the cloud half',
          as: "the CDK's command line must be installed",
          value: undefined,
          fix,
        }),
      );
    }
  }
}

/** A command of the CDK that failed, by the last line in which it says so. */
export function cdkFailure(stack: string, cannot: string, { code, output }: Outcome, fix: string): StepFailure {
  const said = output
    .split('\n')
    .filter((line) => /failed|error|❌/i.test(line))
    .at(-1)
    ?.trim();
  return new StepFailure(problem('DEP006', stack, { cannot, as: 'the CDK must end with 0', value: said ?? code, fix }));
}

/** The command line of the project one is in, else the one on the path. */
function programFrom(folder: string): string {
  const own = join(folder, 'node_modules', '.bin', 'cdk');
  if (existsSync(own)) return own;
  const parent = dirname(folder);
  return parent === folder ? 'cdk' : programFrom(parent);
}
