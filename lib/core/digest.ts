import { createHash } from 'node:crypto';
import { byCodeUnit } from './order';

/** Returns the SHA-256 digest of bytes or of a string in UTF-8, as `sha256:` and 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Serializes a value as JSON with sorted keys, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([one], [other]) => byCodeUnit(one, other)))
      : child,
  );
}
