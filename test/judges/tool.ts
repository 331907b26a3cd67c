import { join } from 'node:path';
import { pythonTool } from '../e2e/tools/python-tool';

/** cfn-lint, which judges templates, and shellcheck, which judges boot scripts. */
export const judges = pythonTool({ name: 'judges', package: 'cfn-lint', requirements: join(__dirname, 'requirements.txt') });
