import * as z from 'zod/mini';
import { approachNames } from '../../approaches/index.ts';
import { isMistake, type Requirement } from '../../domain/enroller.ts';
import type { DeviceRecord } from '../../domain/operations/device-record.ts';
import { enrollers } from '../import/enrollers.ts';
import { newEnrollmentCode } from './enrollment-code.ts';

const CODE_FIELD = 'enrollment_code';

export interface NewCode {
  /** For whoever holds the device; it is known here and nowhere else. */
  readonly code: string;
  readonly requirement: Requirement;
}

/** A new code for a device that proves itself by one; `undefined` for any other. */
export const newCodeFor = async ({ approach, evidence, line, serialNumber }: DeviceRecord): Promise<NewCode | undefined> => {
  const name = z.safeParse(z.enum(approachNames), approach).data;
  if (evidence?.attestation !== 'enrollment-code' || name === undefined) return undefined;
  const code = newEnrollmentCode();
  const requirement = await enrollers[name].requirementOf({ [CODE_FIELD]: code }, () => Promise.resolve(undefined), { line, serialNumber });
  if (isMistake(requirement)) throw new TypeError(`A code that was made here is no code: ${requirement.got}.`);
  return { code, requirement };
};
