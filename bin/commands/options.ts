import { Option } from 'commander';

/** Description of ESTATE for commands that work from artifacts. */
export const estateOfArtifacts = 'refuse artifacts that were not made from this description; without it, any artifacts are used';

/** Options that several commands share. Each call creates a new one, because a command owns its options. */
export const at = () =>
  new Option('--at <date>', 'check rules that end on a date as of this day, such as 2027-03-01').default(undefined, 'today');
export const site = () => new Option('--site <site...>', 'only these sites');
export const siteLost = () => new Option('--site-lost <site...>', 'skip sites that no longer exist, and report them as lost');
export const out = () => new Option('--out <dir>', 'folder of cdk.out, cdktf.out and diptych.out').default('.');
export const json = () => new Option('--json', 'print the result as JSON');
export const only = () => new Option('--only <half>', 'only the sites of one half').choices(['cloud', 'on-prem']);
export const onPremBy = () =>
  new Option('--on-prem-by <tool>', 'tool that applies the on-prem half').choices(['terraform', 'apply']).default('terraform');
