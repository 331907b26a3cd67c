import { installTools } from '../e2e/tools/install-tools';
import { judges } from './tool';

/** Installs the judges unless they are there; `npm run judges:tools`. */
installTools([judges]);
