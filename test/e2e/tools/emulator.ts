import { join } from 'node:path';
import { pythonTool } from './python-tool';

/** Emulator of the AWS APIs. @see https://github.com/ministackorg/ministack */
export const emulator = pythonTool({
  name: 'ministack',
  package: 'ministack',
  requirements: join(__dirname, 'emulator-requirements.txt'),
});
