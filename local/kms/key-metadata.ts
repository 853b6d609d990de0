import type { Account } from '../account.ts';
import type { KmsKey } from './key.ts';
import { macAlgorithmOf, signingAlgorithmOf } from './key.ts';

const algorithmsOf = (key: KmsKey): object => {
  const [mac, signing] = [macAlgorithmOf(key), signingAlgorithmOf(key)];
  if (signing !== undefined) return { SigningAlgorithms: [signing.name] };
  return mac === undefined ? { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] } : { MacAlgorithms: [mac.name] };
};

/** A key as `CreateKey` and `DescribeKey` show it. */
export const keyMetadata = (account: Account, key: KmsKey): object => ({
  AWSAccountId: account.accountId,
  KeyId: key.keyId,
  Arn: key.arn,
  CreationDate: new Date(key.createdAtMs),
  Enabled: key.state === 'Enabled',
  Description: key.description,
  KeyUsage: key.keyUsage,
  KeyState: key.state,
  ...(key.deletionAtMs === undefined ? {} : { DeletionDate: new Date(key.deletionAtMs) }),
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  CustomerMasterKeySpec: key.keySpec,
  KeySpec: key.keySpec,
  ...algorithmsOf(key),
  MultiRegion: key.isMultiRegion,
});
