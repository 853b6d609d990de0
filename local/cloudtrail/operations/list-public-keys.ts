import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import type { CloudTrailDependencies } from '../cloudtrail-dependencies.ts';

const validForMs = 365 * 24 * 3_600_000;

const input = z.object({ StartTime: z.number().optional(), EndTime: z.number().optional(), NextToken: z.string().optional() });

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListPublicKeys.html; the key is there once it has signed. */
export const listPublicKeys =
  ({ key, clock }: CloudTrailDependencies): Operation =>
  (raw) => {
    const { StartTime, EndTime } = parseInput(input, raw);
    const now = clock.now();
    const [fromMs, untilMs] = [StartTime === undefined ? now : StartTime * 1000, EndTime === undefined ? now : EndTime * 1000];
    const { published } = key;
    if (published === undefined || published.madeAtMs > untilMs || published.madeAtMs + validForMs < fromMs) return { PublicKeyList: [] };
    const { publicKey: Value, fingerprint: Fingerprint, madeAtMs } = published;
    const validity = { ValidityStartTime: new Date(madeAtMs), ValidityEndTime: new Date(madeAtMs + validForMs) };
    return { PublicKeyList: [{ Value, Fingerprint, ...validity }] };
  };
