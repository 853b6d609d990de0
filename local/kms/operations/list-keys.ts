import type { Operation } from '../../gateway/operation.ts';
import type { KmsDependencies } from '../kms-dependencies.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html; all of them in one page. */
export const listKeys =
  ({ keys }: KmsDependencies): Operation =>
  () => ({ Keys: keys.list().map((key) => ({ KeyId: key.keyId, KeyArn: key.arn })), Truncated: false });
