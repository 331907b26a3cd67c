/** Reasons in plain English, keyed by the error code of the operating system. Each reads well after "because". */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file of this name already exists',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links form a loop',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'part of its path is not a folder',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
};

/**
 * Returns why the operating system refused an operation on a file, in plain English.
 *
 * @returns undefined for an error that does not come from the operating system
 */
export function systemReason(error: unknown): string | undefined {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : (reasons[code] ?? `the system reports ${code}`);
}
