import { createSecureContext } from 'node:tls';

/** Groups by the names of our profiles, as OpenSSL names them; it has had those with ML-KEM since its version 3.5. */
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

/** Whether the library of this client can offer a group; none that it cannot is ever said to be refused. */
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
