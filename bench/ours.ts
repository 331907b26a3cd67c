/** One synth of a description, from its parse to the last digest. */
import { formatProblem } from '../lib/core/problem';
import { inputDigests } from '../lib/estate/artifacts';
import { foldersIn } from '../lib/estate/folders';
import { parseEstate } from '../lib/estate/parse';
import { planEstate } from '../lib/estate/plan';
import { synthesizeEstate } from '../stacks/estate';
import { description } from './description';
import { reportUsage } from './usage';

const [zones, out = '.'] = process.argv.slice(2);
const raw = description(Number(zones));

const { parsed, problems: shapes } = parseEstate(raw);
const { plan, problems: meanings } = planEstate(parsed, { waiveQuotas: true });
if (!plan) throw new Error([...shapes, ...meanings].map(formatProblem).join('\n'));

synthesizeEstate(plan, { folders: foldersIn(out), inputs: inputDigests(raw) });
reportUsage();
