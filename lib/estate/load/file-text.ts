import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { systemReason } from '../../core/system-error';

/** Largest file that is read, in bytes. A description of a thousand zones has a tenth of it. */
const maxBytes = 16 * 1024 * 1024;

/** Thrown for something that is not a file of a reasonable size. */
class UnfitFileError extends Error {
  /** @param reason why it is not read, which reads well after "because" */
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'UnfitFileError';
  }
}

/**
 * Reads a file that a user names. Pipes and devices are refused at once, because reading them may never end.
 *
 * @throws {UnfitFileError} if it is not a regular file, or is too large
 */
export function readRegularFile(path: string): Buffer {
  // Without O_NONBLOCK, opening a pipe waits until another process writes to it.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() && !stats.isDirectory()) throw new UnfitFileError('it is a pipe, a device or a socket and not a file');
    // Files of /proc have no size, so the limit also applies to what is read.
    if (stats.size > maxBytes) throw tooLarge();
    const bytes = Buffer.alloc(stats.size > 0 ? stats.size : maxBytes + 1);
    const length = fill(bytes, file);
    if (length > maxBytes) throw tooLarge();
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads standard input to its end.
 *
 * @throws {UnfitFileError} if it is too large
 */
export function readStandardInput(): Buffer {
  const bytes = Buffer.alloc(maxBytes + 1);
  const length = fill(bytes, 0);
  if (length > maxBytes) throw tooLarge();
  return bytes.subarray(0, length);
}

/** Returns why a file cannot be read; undefined for an error that is not about reading it. */
export function whyUnreadable(error: unknown): string | undefined {
  return error instanceof UnfitFileError ? error.reason : systemReason(error);
}

function fill(bytes: Buffer, file: number): number {
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

function tooLarge(): UnfitFileError {
  return new UnfitFileError(`it has more than ${maxBytes / 1024 / 1024} MiB`);
}
