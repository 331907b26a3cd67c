import { type Command, Option } from 'commander';
import { stackKinds } from '../lib/artifacts/stack-kinds';
import { run } from './cli/run';

/** Adds the commands that speak with control planes. */
export function addDeploymentCommands(diptych: Command): void {
  addDeploy(diptych);
  addProbe(diptych);
  addDestroy(diptych);
}

const checked = 'refuse artifacts that were not made from this description; without it, use them as they are';
const site = () => new Option('--site <site...>', 'only these sites');
const siteLost = () => new Option('--site-lost <site...>', 'skip sites that are gone, and name them as lost');
const out = () => new Option('--out <dir>', 'folder of cdk.out, cdktf.out and diptych.out').default('.');
const json = () => new Option('--json', 'print what happened as JSON');
const only = () => new Option('--only <half>', 'only the sites of one half').choices(['cloud', 'on-prem']);
const onPremBy = () =>
  new Option('--on-prem-by <tool>', 'what applies the on-prem half').choices(['terraform', 'apply']).default('terraform');

function addDeploy(diptych: Command): void {
  diptych
    .command('deploy')
    .argument('[ESTATE]', checked)
    .description('deploy both halves, in order, from the artifacts of a synthesis')
    .addOption(site())
    .addOption(only())
    .addOption(new Option('--stacks <kind...>', 'only stacks of these kinds').choices(stackKinds))
    .option('--first <site>', 'do this site before any other is begun')
    .addOption(siteLost())
    .addOption(onPremBy())
    .option('--plan', 'show what would be added, changed, replaced and removed, and change nothing')
    .addOption(out())
    .addOption(json())
    .action((estate, options) =>
      run(async () => (await import('./commands/deploy.js')).deploy(estate, options), { ...options, changes: true }),
    );
}

function addProbe(diptych: Command): void {
  diptych
    .command('probe')
    .argument('[ESTATE]', checked)
    .description('read the live estate back and compare it with what was emitted')
    .addOption(site())
    .addOption(only())
    .addOption(siteLost())
    .option('--handshake', 'also connect to every endpoint and hold what it accepts to the plan')
    .option('--ca <file>', 'authorities that endpoints must chain to; without it, those that Node trusts')
    .option('--certificate <file>', 'certificate to show where endpoints require one')
    .option('--key <file>', 'its private key')
    .option('--accept-unknown <file>', 'JSON list of types, or of types with a property, of which nothing need be known')
    .addOption(out())
    .addOption(json())
    .action((estate, options) => run(async () => (await import('./commands/probe.js')).probe(estate, options), options));
}

function addDestroy(diptych: Command): void {
  diptych
    .command('destroy')
    .argument('[ESTATE]', checked)
    .description('take away what was deployed, after asking')
    .addOption(site())
    .addOption(only())
    .addOption(onPremBy())
    .option('--unprotect', 'also what is protected')
    .option('--yes', 'do not ask')
    .addOption(out())
    .addOption(json())
    .action((estate, options) =>
      run(async () => (await import('./commands/destroy.js')).destroy(estate, options), { ...options, changes: true }),
    );
}
