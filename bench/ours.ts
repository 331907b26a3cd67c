/** Synthesizes a description once, from parsing to the digests. */

import { inputDigests } from '../lib/artifacts/digests';
import { foldersIn } from '../lib/artifacts/folders';
import { formatProblem } from '../lib/core/problem';
import { parseEstate } from '../lib/estate/parse/parse';
import { planEstate } from '../lib/estate/plan/plan';
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
