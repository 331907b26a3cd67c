import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quote } from '../../core/problem';
import { StepFailure } from '../../core/refusal';
import { type Command, MissingProgram, type Outcome, type RunContext, runCommand } from '../../process/child';
import { deploymentProblem } from '../codes';

/** The `cdk` command on an existing cloud assembly; the CDK app does not run again. */
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
      // Runs in the assembly, because a `cdk.json` in the current folder would run its `build` command.
      folder: this.assembly,
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', NODE_NO_WARNINGS: '1', NO_COLOR: '1' },
      log: this.log,
    };
    try {
      return await runCommand(command, this.context);
    } catch (error) {
      if (!(error instanceof MissingProgram)) throw error;
      throw new StepFailure(
        deploymentProblem('DEP007', 'cdk', {
          wrong: 'the CDK command line is not installed',
          rule: 'it must be installed to deploy or destroy AWS sites',
          fix: 'Install it: npm install --save-dev aws-cdk@2.',
        }),
      );
    }
  }
}

/** Failure of a `cdk` command, with the last line of its output that reports an error. */
export function cdkFailure(stack: string, command: 'deploy' | 'destroy', { code, output }: Outcome, log: string): StepFailure {
  const reported = output
    .split('\n')
    .filter((line) => /failed|error|❌/i.test(line))
    .at(-1)
    ?.trim();
  return new StepFailure(
    deploymentProblem('DEP021', stack, {
      wrong: reported === undefined ? `cdk ${command} exited with ${code}` : `cdk ${command} failed: ${quote(reported)}`,
      rule: 'it must exit with 0',
      fix: `Read ${log}, correct the cause, and run the same command again: it resumes at this stack.`,
    }),
  );
}

/** The project's own `cdk` if it is installed in this folder or a parent, else the one on the PATH. */
function programFrom(folder: string): string {
  const own = join(folder, 'node_modules', '.bin', 'cdk');
  if (existsSync(own)) return own;
  const parent = dirname(folder);
  return parent === folder ? 'cdk' : programFrom(parent);
}
