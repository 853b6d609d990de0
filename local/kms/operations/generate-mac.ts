import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';
import { macInput, macOf, refuseDryRun, requireMacKey } from './mac-input.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
export const generateMac =
  ({ keys }: KmsDependencies): Operation =>
  (members) => {
    const { KeyId, Message, MacAlgorithm, DryRun } = parseInput(macInput, members);
    const key = keys.resolve(KeyId);
    const algorithm = requireMacKey(key, MacAlgorithm);
    refuseDryRun(DryRun);
    return { Mac: macOf(key, algorithm, Message), MacAlgorithm, KeyId: key.arn };
  };
