import { MAX_SECRET_BYTES, MIN_SECRET_BYTES } from './requirement.ts';

const HEXADECIMAL = /^[0-9a-f]+$/i;
const BASE64 = /^[0-9A-Za-z+/_-]+={0,2}$/;

/** The bytes of a secret in hexadecimal digits, base64 or base64url; `undefined` where it is none of these, or not of 32 to 64 bytes. */
export const parseDeviceSecret = (text: string): Buffer | undefined => {
  const bytes = decode(text.trim());
  return bytes !== undefined && bytes.length >= MIN_SECRET_BYTES && bytes.length <= MAX_SECRET_BYTES ? bytes : undefined;
};

// Digits alone are never taken for base64, which would make a long secret of a short one.
const decode = (text: string): Buffer | undefined => {
  if (HEXADECIMAL.test(text)) return text.length % 2 === 0 ? Buffer.from(text, 'hex') : undefined;
  return BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
};
