import type { Account } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import type { ConditionValues } from '../iam/access/access-request.ts';
import { textIn } from '../iam/access/input-reading.ts';
import { resourceTags } from '../iam/access/request-tags.ts';
import type { ServiceAuthorization } from '../iam/access/service-authorization.ts';
import { serviceAuthorization } from '../iam/access/service-authorization.ts';
import { isJsonObject } from '../json-object.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import { keyIdIn } from './ciphertext.ts';
import type { KmsKey } from './key.ts';
import type { KeyStore } from './key-store.ts';

/** The key that an input names, or that made its ciphertext, or that its alias stands for. */
const keyOf = (keys: KeyStore, input: OperationInput): { readonly key: KmsKey | undefined; readonly reference: string | undefined } => {
  const blob = input['CiphertextBlob'];
  const made = typeof blob === 'string' ? keyIdIn(Buffer.from(blob, 'base64')) : undefined;
  const reference = made ?? textIn(input, 'KeyId', 'TargetKeyId', 'AliasName');
  return { key: reference === undefined ? undefined : keys.find(reference), reference };
};

/** KMS Developer Guide, "AWS KMS condition keys". */
const encryptionContextKeys = (input: OperationInput): ConditionValues => {
  const context = isJsonObject(input['EncryptionContext']) ? input['EncryptionContext'] : {};
  const names = Object.keys(context);
  const pairs = names.map((name) => [`kms:EncryptionContext:${name}`, textIn(context, name)] as const);
  return names.length === 0 ? {} : { ...Object.fromEntries(pairs), 'kms:EncryptionContextKeys': names };
};

const scalarText = (value: unknown): string | undefined =>
  typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined;

const inputKeys = (input: OperationInput): ConditionValues => {
  const named = textIn(input, 'KeyId');
  return {
    'kms:RequestAlias': named?.includes('alias/') === true ? named.slice(named.indexOf('alias/')) : undefined,
    'kms:MacAlgorithm': textIn(input, 'MacAlgorithm'),
    'kms:SigningAlgorithm': textIn(input, 'SigningAlgorithm'),
    'kms:MessageType': textIn(input, 'MessageType'),
    'kms:BypassPolicyLockoutSafetyCheck': scalarText(input['BypassPolicyLockoutSafetyCheck']),
    'kms:ScheduleKeyDeletionPendingWindowInDays': scalarText(input['PendingWindowInDays']),
  };
};

const keyKeys = (keys: KeyStore, key: KmsKey): ConditionValues => ({
  'kms:KeySpec': key.keySpec,
  'kms:KeyUsage': key.keyUsage,
  'kms:KeyOrigin': 'AWS_KMS',
  'kms:MultiRegion': String(key.isMultiRegion),
  'kms:ResourceAliases': [...keys.aliases()].filter(([, keyId]) => keyId === key.keyId).map(([alias]) => alias),
  ...resourceTags(key.tags),
});

/** What IAM must allow for KMS; a key's policy decides whether identity policies count. */
export const kmsAuthorization = (account: Account, keys: KeyStore): ServiceAuthorization => {
  const read = policyReader(resourceGrammar);
  return serviceAuthorization({
    account,
    prefix: 'kms',
    denial: { code: 'AccessDeniedException', status: 400 },
    variables: {
      keyid: (input) => {
        const { key, reference } = keyOf(keys, input);
        return key?.arn ?? reference?.replace(/^key\//, '');
      },
      alias: (input) => textIn(input, 'AliasName')?.replace(/^alias\//, ''),
    },
    policiesOf: (arn) => {
      const key = arn.includes(':key/') ? keys.find(arn) : undefined;
      return key === undefined ? undefined : { documents: [read(key.policy)], isDecisive: true };
    },
    contextOf: (arn, input) => {
      const key = arn.includes(':key/') ? keys.find(arn) : undefined;
      return { ...inputKeys(input), ...encryptionContextKeys(input), ...(key === undefined ? {} : keyKeys(keys, key)) };
    },
  });
};
