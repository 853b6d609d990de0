import { parseDeviceSecret } from '../evidence/device-secret.ts';
import type { ReadColumn } from './column.ts';

/** The secret is recorded as it is, since proofs are checked with it; the table is encrypted under a key of its own. */
export const readDeviceSecret: ReadColumn = (given) => {
  const secret = parseDeviceSecret(given);
  if (secret !== undefined) return Promise.resolve({ deviceSecret: secret.toString('base64url') });
  return Promise.resolve({
    what: 'device_secret',
    got: `text of ${given.length} characters`,
    allowed: '32 to 64 bytes in hexadecimal digits or base64',
    fix: 'give each device a secret of its own of 32 random bytes',
  });
};
