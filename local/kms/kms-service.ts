import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { kmsAuthorization } from './authorization.ts';
import { KeyStore } from './key-store.ts';
import type { KeyUse } from './key-use.ts';
import { keyUse } from './key-use.ts';
import { kmsOperations } from './kms-operations.ts';
import { aliasResource } from './resources/alias-resource.ts';
import { keyResource } from './resources/key-resource.ts';

export interface KmsService {
  readonly api: ApiService;
  /** For services that encrypt what they keep. */
  readonly keyUse: KeyUse;
  readonly resources: readonly ResourceProvider[];
}

export interface KmsOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly access?: AccessControl | undefined;
  /** Where resources are made instead, when the service was handed to another endpoint. */
  readonly foreign?: CallOperation | undefined;
}

/** AWS Key Management Service: symmetric, HMAC and signing keys, aliases, key states and policies. */
export const createKmsService = ({ account, clock, access, foreign }: KmsOptions): KmsService => {
  const keys = new KeyStore(account, clock);
  const operations = guardOperations(kmsOperations({ account, clock, keys }), { access, authorization: kmsAuthorization(account, keys) });
  const call = foreign ?? operationCaller(account, operations);
  return {
    api: awsJsonService({ signingNames: ['kms'], targetPrefix: 'TrentService', version: '1.1', operations }),
    keyUse: keyUse(account, keys),
    resources: [keyResource(call), aliasResource(call)],
  };
};
