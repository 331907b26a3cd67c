import { Command } from 'commander';
import { run } from '../cli/run';
import { json } from './options';
import type { ExplainTierOptions } from './tier-explanation';

/** Subcommand of `explain`. */
export const explainTierCommand = new Command('tier')
  .argument('<ZONE>')
  .argument('[ESTATE]')
  .description('print how the termination tier of a zone is sized and why')
  .option('--site <site>', 'only at this site')
  .option('--load <times>', 'with a multiple of the described load, such as 2x')
  .option('--budget <time>', 'with this latency budget for every endpoint, such as 2.4ms')
  .option('--calibration <file>', 'with the costs in this file')
  .addOption(json())
  .action((zone, estate, _options, tier: Command) => {
    // The parent command has --json as well and would otherwise take it.
    const options: ExplainTierOptions = tier.optsWithGlobals();
    return run(async () => (await import('./tier-explanation.js')).explainTier(zone, estate, options), options);
  });
