import { AwsError } from '../aws-error.ts';
import type { KmsKey, KeyUsage } from './key.ts';

/** Refuses a key that cannot be used for cryptography now (KMS Developer Guide, "Key states of AWS KMS keys"). */
export const requireUsable = (key: KmsKey, usage: KeyUsage): void => {
  if (key.state === 'Disabled') throw new AwsError('DisabledException', `${key.arn} is disabled.`);
  if (key.state === 'PendingDeletion') throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
  if (key.keyUsage !== usage) {
    throw new AwsError('InvalidKeyUsageException', `${key.arn} key usage is ${key.keyUsage} which is not valid for this operation.`);
  }
};

/** Refuses to change a key that waits for its deletion. */
export const requireNotPendingDeletion = (key: KmsKey): void => {
  if (key.state === 'PendingDeletion') throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
};
