import type { Account } from '../account.ts';
import type { KmsKey } from './key.ts';
import { macAlgorithmOf } from './key.ts';

const algorithmsOf = (key: KmsKey): object => {
  const algorithm = macAlgorithmOf(key);
  return algorithm === undefined ? { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] } : { MacAlgorithms: [algorithm.name] };
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
