import { randomBytes } from 'node:crypto';

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An IAM unique identifier such as `AROA…` (IAM User Guide, "IAM identifiers"): the prefix and 17 characters. */
export const uniqueId = (prefix: 'AROA' | 'ANPA' | 'AIDA' | 'AGPA' | 'AKIA' | 'ASIA'): string =>
  prefix + [...randomBytes(prefix.startsWith('A') && prefix.endsWith('IA') ? 16 : 17)].map((byte) => base32.charAt(byte % 32)).join('');
