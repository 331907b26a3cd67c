/** One synth of a description, from its parse to the last digest, reporting the most memory it held, in kibibytes. */
import { inputDigests } from '../lib/estate/artifacts';
import { foldersIn } from '../lib/estate/folders';
import { planDescription } from '../lib/estate/resolve';
import type { EstateDescription } from '../lib/estate/spec';
import { synthesizeEstate } from '../stacks/estate';
import { description } from './description';

const [zones, out = '.'] = process.argv.slice(2);
const raw = description(Number(zones));

synthesizeEstate(planDescription(raw as unknown as EstateDescription), { folders: foldersIn(out), inputs: inputDigests(raw) });
process.stdout.write(`\n${process.resourceUsage().maxRSS}\n`);
