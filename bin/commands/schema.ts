import { Command } from 'commander';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { run } from '../cli/run';
import { stdout } from '../cli/terminal';

export const schemaCommand = new Command('schema')
  .description('print the JSON Schema of estates')
  .option('--plan', 'print the JSON Schema of plan.json instead')
  .action((options) => run(() => schema(options)));

/** Prints the JSON Schema of estates, or of `plan.json`. */
async function schema({ plan }: { readonly plan?: boolean }): Promise<ExitCode> {
  const { estateJsonSchema, planJsonSchema } = await import('../../lib/estate/plan/json-schema.js');
  stdout.line(JSON.stringify(plan ? planJsonSchema() : estateJsonSchema(), null, 2));
  return exitCode.ok;
}
