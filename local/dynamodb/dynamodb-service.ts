import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import type { ForeignService } from '../handoff/foreign-service.ts';
import type { KeyUse } from '../kms/key-use.ts';
import { dynamodbAuthorization } from './authorization.ts';
import { dynamodbOperations } from './dynamodb-operations.ts';
import { Expiry } from './expiry.ts';
import { callForeignTables } from './foreign-tables.ts';
import { ItemsThread } from './items/items-thread.ts';
import { globalTableResource } from './resources/global-table-resource.ts';
import { tableResource } from './resources/table-resource.ts';
import { TableSettingsStore } from './table-settings.ts';

export interface DynamodbService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** Deletes what time to live says is due now; happens by itself every hour of the clock. */
  sweepExpired(): Promise<void>;
  /** Starts the thread ahead of the first request. */
  warmUp(): Promise<void>;
  stop(): Promise<void>;
}

export interface DynamodbOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** Another DynamoDB: then everything goes there and nothing is added. */
  readonly foreign?: ForeignService | undefined;
  /** How long expired items stay; default 48 hours ("within a few days" in AWS). */
  readonly expiryDelayMs?: number;
  readonly access?: AccessControl | undefined;
  /** Without it the keys of encrypted tables are nobody's business. */
  readonly keyUse?: KeyUse | undefined;
}

const defaultExpiryDelayMs = 48 * 3_600_000;

const providers = (account: Account, call: CallOperation): readonly ResourceProvider[] => [
  tableResource({ account, call }),
  globalTableResource({ account, call }),
];

const createForeign = (account: Account, { api, call }: ForeignService): DynamodbService => ({
  api,
  resources: call === undefined ? [] : providers(account, callForeignTables(call)),
  sweepExpired: () => Promise.resolve(),
  warmUp: () => Promise.resolve(),
  stop: () => Promise.resolve(),
});

/** Amazon DynamoDB: dynalite on a thread of its own, with transactions, time to live and table settings in front of it. */
export const createDynamodbService = ({ account, clock, foreign, expiryDelayMs, access, keyUse }: DynamodbOptions): DynamodbService => {
  if (foreign !== undefined) return createForeign(account, foreign);
  const settings = new TableSettingsStore();
  const items = new ItemsThread(account, clock);
  const dependencies = { account, clock, items, settings };
  const authorization = dynamodbAuthorization({ account, settings, keyUse });
  const operations = guardOperations(dynamodbOperations(dependencies), { access, authorization });
  const call = operationCaller(account, operations);
  const expiry = new Expiry({ clock, settings, call, delayMs: expiryDelayMs ?? defaultExpiryDelayMs });
  expiry.start();
  return {
    api: awsJsonService({ signingNames: ['dynamodb'], targetPrefix: 'DynamoDB_20120810', version: '1.0', operations }),
    resources: providers(account, call),
    sweepExpired: () => expiry.sweep(),
    warmUp: () => items.warmUp(),
    stop: async () => {
      await expiry.stop();
      await items.stop();
    },
  };
};
