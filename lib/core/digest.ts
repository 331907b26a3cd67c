import { createHash } from 'node:crypto';
import { byCodeUnit } from './order';

/** The SHA-256 digest of bytes or of a text in UTF-8, as `sha256:` and 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** A value as JSON whose keys are sorted, so that equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([one], [other]) => byCodeUnit(one, other)))
      : child,
  );
}
