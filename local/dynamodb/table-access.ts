import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import type { OperationInput } from '../gateway/operation.ts';
import type { AccessRequest } from '../iam/access/access-request.ts';
import { objectsIn, textIn } from '../iam/access/input-reading.ts';
import type { AccessMapping } from '../iam/access/service-authorization.ts';
import { isJsonObject } from '../json-object.ts';
import type { KeyUse } from '../kms/key-use.ts';
import { itemContext } from './item-context.ts';
import type { TableSettingsStore } from './table-settings.ts';
import { tableNameOf } from './table-settings.ts';

/** DynamoDB Developer Guide, "Using IAM with transactions": each part needs what it would need alone. */
const partActions: Readonly<Record<string, string>> = {
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

export interface TableAccessOptions {
  readonly account: Account;
  readonly settings: TableSettingsStore;
  /** Without it the keys of encrypted tables are nobody's business. */
  readonly keyUse?: KeyUse | undefined;
}

/** What operations on items ask of IAM. */
export class TableAccess {
  readonly #options: TableAccessOptions;

  constructor(options: TableAccessOptions) {
    this.#options = options;
  }

  /** An operation on one table or one of its indexes. */
  onTable(operation: string): AccessMapping {
    return (input) => {
      const tableName = textIn(input, 'TableName') ?? '';
      return this.#requests({ action: `dynamodb:${operation}`, tableName, input, index: textIn(input, 'IndexName') });
    };
  }

  /** An operation on items of several tables; `partsOf` reads those of one. */
  onBatch(operation: string, partsOf: (requests: unknown) => OperationInput): AccessMapping {
    return ({ RequestItems: items }) =>
      Object.entries(isJsonObject(items) ? items : {}).flatMap(([tableName, requests]) =>
        this.#requests({ action: `dynamodb:${operation}`, tableName, input: partsOf(requests) }),
      );
  }

  inTransaction(operation: string): AccessMapping {
    return (input) =>
      objectsIn(input['TransactItems'])
        .flatMap((item) => Object.entries(item))
        .flatMap(([kind, part]) => {
          const action = Object.hasOwn(partActions, kind) ? partActions[kind] : undefined;
          if (action === undefined || !isJsonObject(part)) return [];
          return this.#requests({ action, tableName: textIn(part, 'TableName') ?? '', input: part, enclosing: operation });
        });
  }

  #requests(asked: {
    readonly action: string;
    readonly tableName: string;
    readonly input: OperationInput;
    readonly index?: string | undefined;
    readonly enclosing?: string;
  }): readonly AccessRequest[] {
    const { account, settings } = this.#options;
    const { action, tableName, input, index, enclosing } = asked;
    const table = arnOf(account, 'dynamodb', `table/${tableNameOf(tableName)}`);
    // An index is a resource of its own: the table's ARN does not cover it (Developer Guide, "Using IAM policy conditions").
    const resource = index === undefined ? table : `${table}/index/${index}`;
    const request = {
      ...{ action, resource },
      get context() {
        return { ...itemContext(input, settings.find(tableName)?.partitionKey), 'dynamodb:EnclosingOperation': enclosing };
      },
    };
    return [request, ...this.#useOfKey(tableName)];
  }

  /** Reading and writing an encrypted table uses its key with the caller's permissions (Developer Guide, "DynamoDB encryption usage notes"). */
  #useOfKey(tableName: string): readonly AccessRequest[] {
    const { account, settings, keyUse } = this.#options;
    const key = settings.find(tableName)?.encryption?.kmsMasterKeyId;
    if (key === undefined || keyUse === undefined) return [];
    const encryptionContext = { 'aws:dynamodb:tableName': tableNameOf(tableName), 'aws:dynamodb:subscriberId': account.accountId };
    return keyUse.forCaller({ key, actions: ['kms:Decrypt'], service: `dynamodb.${account.region}.amazonaws.com`, encryptionContext });
  }
}
