import { timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { bytes } from '../input-schemas.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';
import { macInput, macOf, refuseDryRun, requireMacKey } from './mac-input.ts';

const input = macInput.extend({ Mac: bytes(1, 6144) });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html: a wrong MAC is an error, never `MacValid: false`. */
export const verifyMac =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, Message, Mac, MacAlgorithm, DryRun } = parseInput(input, members);
    const key = keys.resolve(KeyId);
    const expected = macOf(key, requireMacKey(key, MacAlgorithm), Message);
    refuseDryRun(DryRun);
    if (expected.length !== Mac.length || !timingSafeEqual(expected, Mac)) {
      throw new AwsError('KMSInvalidMacException', 'The MAC is not valid for the message, key and algorithm.');
    }
    return { MacValid: true, MacAlgorithm, KeyId: key.arn };
  };
