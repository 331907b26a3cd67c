import { installTools } from './install-tools';
import { tools } from './tools';

/** Installs whatever the end-to-end tests need and is not there yet; `npm run e2e:tools`. */
installTools(tools);
