import { estateJsonSchema, planJsonSchema } from '../../lib/estate/plan/json-schema';
import { type ExitCode, exitCode } from '../cli/exit-code';
import { stdout } from '../cli/terminal';

/** Prints the JSON Schema of estates, or of `plan.json`. */
export async function schema({ plan }: { plan?: boolean }): Promise<ExitCode> {
  stdout.line(JSON.stringify(plan ? planJsonSchema() : estateJsonSchema(), null, 2));
  return exitCode.ok;
}
