#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { productVersion } from '../lib/artifacts/product-version';
import { exitCode } from './cli/exit-code';
import { printProblems, printProblemsAsJson } from './cli/print-problems';
import { guardProcessEnd } from './cli/process-end';
import { surviveClosedOutput } from './cli/run';
import { checkCommand } from './commands/check';
import { deployCommand } from './commands/deploy';
import { destroyCommand } from './commands/destroy';
import { explainCommand } from './commands/explain';
import { initCommand } from './commands/init';
import { manifestsCommand } from './commands/manifests';
import { probeCommand } from './commands/probe';
import { schemaCommand } from './commands/schema';
import { synthCommand } from './commands/synth';

const commands: readonly Command[] = [
  initCommand,
  checkCommand,
  synthCommand,
  manifestsCommand,
  deployCommand,
  probeCommand,
  destroyCommand,
  schemaCommand,
  explainCommand,
];

/** Assembles the commands. Each command loads the modules that it needs when it runs, so that `check` loads no backend. */
export function program(): Command {
  const diptych = new Command('diptych')
    .description("One description of a trading firm's TLS estate, two matching deployments.")
    .version(productVersion(), '-V, --version', 'print the version')
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .exitOverride()
    // Errors of the argument parser are printed as problems.
    .configureOutput({ outputError: () => {} })
    .addHelpText(
      'after',
      '\nESTATE is a YAML file, a compiled module or a folder with estate.yaml.\n' +
        'Default of check, synth and explain tier: the context diptych:estate of\n' +
        'cdk.json, else estate.yaml. deploy, probe, destroy and manifests need only\n' +
        'cdk.out, cdktf.out and diptych.out.',
    );
  for (const command of commands) add(diptych, command);
  return diptych;
}

/** Adds a command and its subcommands with the settings of the parent, which commander copies only to commands that it creates itself. */
function add(parent: Command, command: Command): void {
  if (!parent.commands.includes(command)) parent.addCommand(command);
  command.copyInheritedSettings(parent);
  for (const subcommand of command.commands) add(command, subcommand);
}

/** Runs the command that the arguments of the process name. */
export async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    // Without a command, commander has printed the help already.
    if (error.exitCode === 0 || error.code === 'commander.help') return;
    const { usageProblem } = await import('./cli/usage-problem.js');
    (process.argv.includes('--json') ? printProblemsAsJson : printProblems)([usageProblem(error)]);
  }
}

if (require.main === module) {
  surviveClosedOutput();
  guardProcessEnd();
  void main();
}
