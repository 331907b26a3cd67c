import { createSecureContext } from 'node:tls';

/** OpenSSL names of groups, keyed by their names in TLS profiles. ML-KEM needs OpenSSL 3.5 or newer. */
export const groups: Readonly<Record<string, string>> = {
  X25519: 'X25519',
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  X25519MLKEM768: 'X25519MLKEM768',
  SecP256r1MLKEM768: 'SecP256r1MLKEM768',
  SecP384r1MLKEM1024: 'SecP384r1MLKEM1024',
  MLKEM1024: 'MLKEM1024',
};

/** Returns true if the local TLS library supports a group. Unsupported groups must not be reported as refused. */
export function canOffer(group: string): boolean {
  const name = groups[group];
  if (name === undefined) return false;
  try {
    createSecureContext({ ecdhCurve: name });
    return true;
  } catch {
    return false;
  }
}
