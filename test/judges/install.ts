import { installTools } from '../e2e/tools/install-tools';
import { judges } from './tool';

/** Installs the missing validators: `npm run judges:tools`. */
installTools([judges]);
