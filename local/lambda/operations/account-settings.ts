import type { Operation } from '../../gateway/operation.ts';
import type { LambdaDependencies } from '../lambda-dependencies.ts';

/** Lambda Developer Guide, "Lambda quotas". */
const maxTotalBytes = 80_530_636_800;
const maxUnzippedBytes = 262_144_000;
const maxZippedBytes = 52_428_800;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export const getAccountSettings =
  ({ functions }: LambdaDependencies): Operation =>
  () => {
    const all = functions.list();
    const sizes = all.flatMap((lambda) => lambda.versions().map(({ code }) => code.size));
    return {
      AccountLimit: {
        TotalCodeSize: maxTotalBytes,
        CodeSizeUnzipped: maxUnzippedBytes,
        CodeSizeZipped: maxZippedBytes,
        ConcurrentExecutions: functions.concurrency,
        UnreservedConcurrentExecutions: functions.unreservedConcurrency,
      },
      AccountUsage: { TotalCodeSize: sizes.reduce((sum, size) => sum + size, 0), FunctionCount: all.length },
    };
  };
