import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { DescriptionError } from '../../lib/core/problem';
import { systemReason } from '../../lib/core/system-error';
import type { ClientFiles } from '../../lib/handshake/endpoint';
import { commandProblem } from '../cli/codes';

const options = { ca: '--ca', certificate: '--certificate', key: '--key' } as const;

/**
 * Reads the client files for handshakes before any endpoint is tried.
 *
 * @param files - paths of the files
 * @returns contents of the files
 * @throws {DescriptionError} CMD008 for a file that cannot be read, or that TLS cannot use
 */
export function readClientFiles(files: ClientFiles): ClientFiles {
  const client: ClientFiles = {
    ca: read('ca', files.ca),
    certificate: read('certificate', files.certificate),
    key: read('key', files.key),
  };
  try {
    createSecureContext({ ca: client.ca, cert: client.certificate, key: client.key });
  } catch {
    const named = [files.ca, files.certificate, files.key].filter((file) => file !== undefined).join(', ');
    throw unusable(named, 'TLS cannot use the files', 'each file must contain PEM, and the key must belong to the certificate');
  }
  return client;
}

function read(file: keyof typeof options, path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : readFileSync(path, 'utf8');
  } catch (error) {
    const wrong = `the file cannot be read because ${systemReason(error)}`;
    throw unusable(path ?? options[file], wrong, `${options[file]} must name a readable file`);
  }
}

function unusable(path: string, wrong: string, rule: string): DescriptionError {
  return new DescriptionError([commandProblem('CMD008', path, { wrong, rule, fix: 'Correct the file, or name another one.' })]);
}
