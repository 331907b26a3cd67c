#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { productVersion } from '../lib/artifacts/product-version';
import { exitCode } from './cli/exit-code';
import { printProblems, printProblemsAsJson } from './cli/print-problems';
import { run, surviveClosedOutput } from './cli/run';
import type { ExplainTierOptions } from './commands/explain-tier';
import { addDeploymentCommands } from './deployment-commands';

/** Each command's file is loaded when the command runs: `check` pays for no backend. */
export function program(): Command {
  const diptych = new Command('diptych')
    .description("One description of a trading firm's TLS estate, two matching deployments.")
    .version(productVersion(), '--version', 'print the version')
    .helpCommand(false)
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
  addDescriptionCommands(diptych);
  addArtifactCommands(diptych);
  addDeploymentCommands(diptych);
  addReferenceCommands(diptych);
  return diptych;
}

const at = () => new Option('--at <date>', 'day at which what ends on a day is judged, such as 2027-03-01').default(undefined, 'today');

function addDescriptionCommands(diptych: Command): void {
  diptych
    .command('init')
    .argument('[FOLDER]', 'where to write it', '.')
    .description('write the description of a small estate to start from')
    .option('--name <name>', 'name of the estate', 'example')
    .action((folder, options) => run(async () => (await import('./commands/init.js')).init(folder, options)));
  diptych
    .command('check')
    .argument('[ESTATE]')
    .description('say everything that is wrong with an estate')
    .addOption(at())
    .option('--json', 'print the problems as JSON')
    .action((estate, options) => run(async () => (await import('./commands/check.js')).check(estate, options), options));
  diptych
    .command('synth')
    .argument('[ESTATE]')
    .description('write the CloudFormation, the Terraform and the plan of an estate')
    .addOption(at())
    .option('--out <dir>', 'folder for cdk.out, cdktf.out and diptych.out', '.')
    .action((estate, options) => run(async () => (await import('./commands/synth.js')).synth(estate, options)));
}

function addArtifactCommands(diptych: Command): void {
  diptych
    .command('manifests')
    .description('write the Kubernetes objects of the sites on-prem as plain YAML')
    .option('--site <site>', 'only of this site')
    .option('--stdout', 'print them instead')
    .option('--out <dir>', 'folder of the artifacts', '.')
    .action((options) => run(async () => (await import('./commands/manifests.js')).manifests(options)));
}

function addReferenceCommands(diptych: Command): void {
  diptych
    .command('schema')
    .description('print the JSON Schema of descriptions')
    .option('--plan', 'print the JSON Schema of plan.json instead')
    .action((options) => run(async () => (await import('./commands/schema.js')).schema(options)));
  const explain = diptych
    .command('explain')
    .argument('[CODE]')
    .description('say what the code of a problem means')
    .option('--list', 'list all codes')
    .option('--json', 'print as JSON')
    .action((code, options) => run(async () => (await import('./commands/explain.js')).explain(code, options), options));
  addExplainTier(explain);
}

function addExplainTier(explain: Command): void {
  explain
    .command('tier')
    .argument('<ZONE>')
    .argument('[ESTATE]')
    .description('say why the termination tier of a zone runs as it does, with every number')
    .option('--site <site>', 'only at this site')
    .option('--load <times>', 'at a multiple of the described load, such as 2x')
    .option('--budget <time>', 'with this latency budget for every endpoint, such as 2.4ms')
    .option('--calibration <file>', 'with the costs in this file')
    .option('--json', 'print as JSON')
    .action((zone, estate, _options, tier: Command) => {
      const options: ExplainTierOptions = tier.optsWithGlobals();
      return run(async () => (await import('./commands/explain-tier.js')).explainTier(zone, estate, options), options);
    });
}

async function main(): Promise<void> {
  surviveClosedOutput();
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

if (require.main === module) void main();
