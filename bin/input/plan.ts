import type { Problem } from '../../lib/core/problem';
import { defaultEstate } from '../../lib/estate/load/default-estate';
import { loadEstate } from '../../lib/estate/load/load';
import { resolveEstate } from '../../lib/estate/load/resolve';
import { type EstateSource, withRelativeFiles } from '../../lib/estate/load/source';
import type { EstatePlan } from '../../lib/estate/plan-schema';

/** The estate a command was asked about: its plan and its description, or everything that is wrong with it. */
export interface Described {
  readonly plan?: EstatePlan;
  readonly source?: EstateSource;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Loads, parses and plans the estate that a command names, else the one that `cdk.json` names.
 *
 * @param name - a YAML file, a compiled module or a folder, relative to the current one
 * @param at - moment at which what is allowed until a day is judged; what works from artifacts that are there judges nothing again
 */
export async function describeEstate(name: string | undefined, at?: Date): Promise<Described> {
  const folder = process.cwd();
  const chosen = name === undefined ? defaultEstate(folder) : { name, problems: [] };
  if (chosen.name === undefined) return { problems: chosen.problems, warnings: [] };
  const { source, problems } = await loadEstate(chosen.name, folder);
  if (!source) return { problems: withRelativeFiles(folder, problems), warnings: [] };
  const { plan, ...resolved } = resolveEstate(source, at);
  return {
    plan,
    source,
    problems: withRelativeFiles(folder, resolved.problems),
    warnings: withRelativeFiles(folder, resolved.warnings),
  };
}
