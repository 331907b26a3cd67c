import { artifactCodes } from '../../lib/artifacts/codes';
import type { CodeCatalogue } from '../../lib/core/problem';
import { deploymentCodes } from '../../lib/deployment/codes';
import { descriptionCodes } from '../../lib/estate/plan/codes';
import { readbackCodes } from '../../lib/readback/codes';
import { commandCodes } from './codes';

/** Every code that Diptych can raise. */
export const catalogue: CodeCatalogue = { ...artifactCodes, ...commandCodes, ...deploymentCodes, ...descriptionCodes, ...readbackCodes };
