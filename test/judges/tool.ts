import { join } from 'node:path';
import { pythonTool } from '../e2e/tools/python-tool';

/** cfn-lint for templates, and shellcheck for boot scripts. */
export const judges = pythonTool({ name: 'judges', package: 'cfn-lint', requirements: join(__dirname, 'requirements.txt') });
