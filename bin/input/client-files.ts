import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { DescriptionError, problem } from '../../lib/core/problem';
import { systemReason } from '../../lib/core/system-error';
import type { ClientFiles } from '../../lib/handshake/endpoint';

/**
 * Reads what a client trusts and shows, before it is needed.
 *
 * @throws {DescriptionError} CMD008 for a file that is not there, or that TLS cannot use
 */
export function readClientFiles(files: ClientFiles): ClientFiles {
  const client: ClientFiles = {
    ca: read('--ca', files.ca),
    certificate: read('--certificate', files.certificate),
    key: read('--key', files.key),
  };
  try {
    createSecureContext({ ca: client.ca, cert: client.certificate, key: client.key });
  } catch (error) {
    const named = [files.ca, files.certificate, files.key].filter((file) => file !== undefined).join(', ');
    throw unusable(named, 'they must hold PEM, and the key must be that of the certificate', (error as Error).message);
  }
  return client;
}

function read(option: string, file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  } catch (error) {
    throw unusable(file ?? option, `${option} must name a file that can be read`, systemReason(error));
  }
}

function unusable(path: string, as: string, value: unknown): DescriptionError {
  return new DescriptionError([
    problem('CMD008', path, { cannot: 'try endpoints', as, value, fix: 'Mend the file, or name another one.' }),
  ]);
}
