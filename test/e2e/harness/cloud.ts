import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePorts } from '../../support/ports';
import { installed } from '../tools/cache';
import { emulator } from '../tools/emulator';
import { Daemon } from './daemon';
import { scratchFolder } from './scratch';

/** Account and region of an emulator client. */
export interface CloudPlace {
  readonly account: string;
  readonly region: string;
}

/** Resource types that the extension adds to the emulator. */
export interface AddedTypes {
  /** Types stored in the state of their service. */
  readonly backed: readonly string[];
  /** Types without an implementation: deploying them proves nothing. */
  readonly inert: readonly string[];
}

/** An emulated AWS endpoint on the loopback interface; it implements the APIs and runs nothing. */
export interface Cloud {
  readonly endpoint: string;
  readonly types: AddedTypes;
  /** Environment in which the CDK and the SDK only reach the emulator. */
  environment(place: CloudPlace): NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** Starts an empty emulator. */
export async function startCloud(): Promise<Cloud> {
  const { folder, remove } = scratchFolder('cloud');
  const [port = 0] = await freePorts(1);
  const endpoint = `http://127.0.0.1:${port}`;
  const types = join(folder, 'types.json');
  const daemon = new Daemon({
    name: 'emulator',
    command: join(installed(emulator), 'bin', 'python'),
    args: ['-m', 'emulator'],
    env: { ...process.env, ...serverEnvironment(port), DIPTYCH_EMULATOR_TYPES: types },
    log: join(folder, 'emulator.log'),
  });
  const stop = async () => {
    await daemon.stop();
    remove();
  };
  try {
    await daemon.ready(async () => (await fetch(`${endpoint}/_ministack/health`)).ok, 180);
    const added = JSON.parse(readFileSync(types, 'utf8')) as AddedTypes;
    return { endpoint, types: added, environment: (place) => clientEnvironment(endpoint, place), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverEnvironment(port: number): NodeJS.ProcessEnv {
  return {
    // By default it listens on all interfaces.
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_HOST: '127.0.0.1',
    SFTP_ENABLED: '0',
    PYTHONPATH: dirname(__dirname),
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/** Environment without any AWS profile, token or file of the user. */
function clientEnvironment(endpoint: string, { account, region }: CloudPlace): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('CDK_'));
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: endpoint,
    // The emulator uses a twelve-digit access key as the account id.
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}
