/** Characters that have no special meaning to a shell, to systemd or to a CloudFormation template, quoted or not. */
const plain = /^[A-Za-z0-9][A-Za-z0-9@:/._=+,-]*$/;

/** Placeholder for the name of the log group, which only CloudFormation knows. Its characters cannot occur in a shell word. */
export const logGroupPlaceholder = '{{log-group}}';

/**
 * Returns a value as a single word of a boot script, a systemd unit or a file that the script writes.
 *
 * The schemas already reject other values; this check is a second barrier against injection.
 *
 * @throws {RangeError} if the value contains any other character
 * @example
 * shellWord('eu-central-1'); // 'eu-central-1'
 * shellWord('$(reboot)'); // throws RangeError
 */
export function shellWord(text: string | number): string {
  const value = String(text);
  if (!plain.test(value))
    throw new RangeError(`a value in a boot script must be one word without special characters: got ${JSON.stringify(value)}`);
  return value;
}
