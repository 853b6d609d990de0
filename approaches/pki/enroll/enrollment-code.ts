import { codeKeyOf, normalizeCode } from '../evidence/enrollment-code.ts';
import type { ReadColumn } from './column.ts';

/** The code itself is not recorded, only the key that it stands for. */
export const readEnrollmentCode: ReadColumn = async (given, { device }) => {
  const normal = normalizeCode(given);
  if (normal !== undefined) return { codeKey: (await codeKeyOf(normal, device.line, device.serialNumber)).toString('base64url') };
  return {
    what: 'enrollment_code',
    got: `text of ${given.length} characters`,
    allowed: '8 to 64 letters A to Z and digits, which spaces and hyphens may part',
    fix: 'make codes at random, at least 8 characters of them',
  };
};
