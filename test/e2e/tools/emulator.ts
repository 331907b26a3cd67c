import { join } from 'node:path';
import { pythonTool } from './python-tool';

/** Answers as the cloud's services do. @see https://github.com/ministackorg/ministack */
export const emulator = pythonTool({
  name: 'ministack',
  package: 'ministack',
  requirements: join(__dirname, 'emulator-requirements.txt'),
});
