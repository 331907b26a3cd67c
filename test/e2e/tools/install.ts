import { installTools } from './install-tools';
import { tools } from './tools';

/** Installs the missing tools of the end-to-end tests: `npm run e2e:tools`. */
installTools(tools);
