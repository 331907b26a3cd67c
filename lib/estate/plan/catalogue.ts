import type { CodeCatalogue } from '../../core/problem';
import { tlsCodes } from '../../tls/codes';
import { zoneCodes } from '../../zones/codes';
import { loadingCodes, shapeCodes } from '../codes';
import { quotaCodes, siteCodes } from './codes';

/** Every code that a description can raise. */
export const descriptionCodes: CodeCatalogue = { ...loadingCodes, ...shapeCodes, ...siteCodes, ...quotaCodes, ...zoneCodes, ...tlsCodes };
