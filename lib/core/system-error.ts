/** Why the system refuses something, such as `EACCES: permission denied`; nothing for an error that is not the system's. */
export function systemReason(error: unknown): string | undefined {
  const { message, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : message.split(`, ${syscall}`)[0];
}
