import { randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const randomLength = 12;

/** `<stack>-<logical id>-<12 random characters>`, both names shortened evenly to fit `maxLength` characters. */
export const generateName = (stackName: string, logicalId: string, maxLength: number): string => {
  const suffix = [...randomBytes(randomLength)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
  const room = maxLength - randomLength - 2;
  const forLogicalId = Math.min(logicalId.length, Math.max(Math.ceil(room / 2), room - stackName.length));
  return `${stackName.slice(0, room - forLogicalId)}-${logicalId.slice(0, forLogicalId)}-${suffix}`;
};
