import type { CodeCatalogue } from '../../lib/core/problem';
import { deploymentCodes } from '../../lib/deployment/codes';
import { descriptionCodes } from '../../lib/estate/plan/catalogue';
import { readbackCodes } from '../../lib/readback/codes';
import { commandCodes } from './codes';

/** Every code that Diptych can raise. */
export const catalogue: CodeCatalogue = { ...commandCodes, ...deploymentCodes, ...descriptionCodes, ...readbackCodes };
