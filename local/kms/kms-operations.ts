import type { OperationTable } from '../gateway/operation.ts';
import type { KmsDependencies } from './kms-dependencies.ts';
import { createAlias, deleteAlias, listAliases, updateAlias } from './operations/aliases.ts';
import { createKey } from './operations/create-key.ts';
import { decrypt } from './operations/decrypt.ts';
import { describeKey } from './operations/describe-key.ts';
import { encrypt } from './operations/encrypt.ts';
import { generateDataKey, generateDataKeyWithoutPlaintext } from './operations/generate-data-key.ts';
import { generateMac } from './operations/generate-mac.ts';
import { cancelKeyDeletion, scheduleKeyDeletion } from './operations/key-deletion.ts';
import { listResourceTags, tagResource, untagResource, updateKeyDescription } from './operations/key-description.ts';
import { getKeyPolicy, putKeyPolicy } from './operations/key-policies.ts';
import { disableKey, disableKeyRotation, enableKey, enableKeyRotation, getKeyRotationStatus } from './operations/key-switches.ts';
import { getPublicKey } from './operations/get-public-key.ts';
import { listKeys } from './operations/list-keys.ts';
import { sign, verify } from './operations/sign.ts';
import { verifyMac } from './operations/verify-mac.ts';

/** Every KMS operation that the local AWS has. */
export const kmsOperations = (dependencies: KmsDependencies): OperationTable => ({
  CancelKeyDeletion: cancelKeyDeletion(dependencies),
  CreateAlias: createAlias(dependencies),
  CreateKey: createKey(dependencies),
  Decrypt: decrypt(dependencies),
  DeleteAlias: deleteAlias(dependencies),
  DescribeKey: describeKey(dependencies),
  DisableKey: disableKey(dependencies),
  DisableKeyRotation: disableKeyRotation(dependencies),
  EnableKey: enableKey(dependencies),
  EnableKeyRotation: enableKeyRotation(dependencies),
  Encrypt: encrypt(dependencies),
  GenerateDataKey: generateDataKey(dependencies),
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext(dependencies),
  GenerateMac: generateMac(dependencies),
  GetKeyPolicy: getKeyPolicy(dependencies),
  GetKeyRotationStatus: getKeyRotationStatus(dependencies),
  GetPublicKey: getPublicKey(dependencies),
  ListAliases: listAliases(dependencies),
  ListKeys: listKeys(dependencies),
  ListResourceTags: listResourceTags(dependencies),
  PutKeyPolicy: putKeyPolicy(dependencies),
  ScheduleKeyDeletion: scheduleKeyDeletion(dependencies),
  Sign: sign(dependencies),
  TagResource: tagResource(dependencies),
  UntagResource: untagResource(dependencies),
  UpdateAlias: updateAlias(dependencies),
  UpdateKeyDescription: updateKeyDescription(dependencies),
  Verify: verify(dependencies),
  VerifyMac: verifyMac(dependencies),
});
