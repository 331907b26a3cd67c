import { Command } from 'commander';
import { run } from '../cli/run';
import { out } from './options';

export const manifestsCommand = new Command('manifests')
  .description('write the Kubernetes objects of the on-prem sites as plain YAML')
  .option('--site <site>', 'only of this site')
  .option('--stdout', 'print them instead')
  .addOption(out())
  .action((options) => run(async () => (await import('./write-manifests.js')).manifests(options)));
