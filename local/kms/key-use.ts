import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import type { AccessRequest } from '../iam/access/access-request.ts';
import { contextOf } from '../policy/context.ts';
import { evaluate } from '../policy/evaluate.ts';
import { resourceGrammar } from '../policy/iam-grammars.ts';
import { policyReader } from '../policy/policy-reader.ts';
import type { EncryptionContext } from './ciphertext.ts';
import type { KeyStore } from './key-store.ts';

/** What another service does with a key to encrypt what it keeps. */
export interface KeyUseRequest {
  /** Key id, ARN, alias or alias ARN. */
  readonly key: string;
  /** e.g. `kms:Decrypt`. */
  readonly actions: readonly string[];
  /** The service's host name, e.g. `dynamodb.us-east-1.amazonaws.com`. */
  readonly service: string;
  readonly encryptionContext: EncryptionContext;
}

/** How other services use keys. */
export interface KeyUse {
  /** What a caller must be allowed when a service uses a key with the caller's permissions. */
  forCaller(use: KeyUseRequest): readonly AccessRequest[];
  /** Whether the key's policy lets the service use it under its own name. */
  isOpenTo(use: KeyUseRequest): boolean;
}

const contextKeys = ({ encryptionContext }: KeyUseRequest): Readonly<Record<string, string | readonly string[]>> => ({
  'kms:EncryptionContextKeys': Object.keys(encryptionContext),
  ...Object.fromEntries(Object.entries(encryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
});

/** Keys as other services of the account use them (KMS Developer Guide, "How AWS services use AWS KMS"). */
export const keyUse = (account: Account, keys: KeyStore): KeyUse => {
  const read = policyReader(resourceGrammar);
  return {
    forCaller: (use) => {
      const key = keys.find(use.key);
      // A key that is gone lets nobody in.
      const policies = { documents: key === undefined ? [] : [read(key.policy)], isDecisive: true };
      const resource = key?.arn ?? arnOf(account, 'kms', `key/${use.key}`);
      return use.actions.map((action) => ({ action, resource, policies, context: { 'kms:ViaService': use.service, ...contextKeys(use) } }));
    },
    isOpenTo: (use) => {
      const key = keys.find(use.key);
      if (key === undefined) return false;
      // Under its own name a service calls KMS itself: there is no service in between.
      const variables = contextOf({ ...contextKeys(use), 'aws:SourceAccount': account.accountId, 'kms:CallerAccount': account.accountId });
      const principal = { service: use.service };
      return use.actions.every(
        (action) => evaluate([read(key.policy)], { principal, action, resource: key.arn, variables }).decision === 'allowed',
      );
    },
  };
};
