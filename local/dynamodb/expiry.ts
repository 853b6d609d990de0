import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import type { Clock, Timer } from '../clock.ts';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import type { TableSettings } from './table-settings.ts';

export interface ExpiryOptions {
  readonly clock: Clock;
  readonly settings: { entries(): readonly (readonly [string, Pick<TableSettings, 'timeToLive'>])[] };
  readonly call: CallOperation;
  /** How long after its expiry an item is deleted; until then it is read, queried and scanned like any other. */
  readonly delayMs: number;
}

const sweepMs = 3_600_000;

/** DynamoDB ignores times more than five years in the past (Developer Guide, "How DynamoDB TTL works"). */
const oldestSeconds = 5 * 365 * 86_400;

const numberValue = z.object({ N: z.string() });
const page = z.object({
  Items: z.array(z.record(z.string(), z.record(z.string(), z.unknown()))),
  LastEvaluatedKey: z.unknown().optional(),
});
const keySchema = z.object({ Table: z.object({ KeySchema: z.array(z.object({ AttributeName: z.string() })) }) });

type StoredItem = z.output<typeof page>['Items'][number];

interface ExpiringTable {
  readonly TableName: string;
  readonly attributeName: string;
  readonly keyNames: readonly string[];
}

/** What is refused, the next sweep tries again: an item was changed or is in a transaction, a table is gone or its key disabled. */
const orNextTime = async (outcome: Promise<unknown>): Promise<void> => {
  try {
    await outcome;
  } catch (thrown) {
    if (!(thrown instanceof AwsError)) throw thrown;
  }
};

/** Deletes expired items late, as DynamoDB does ("typically within a few days of their expiration"). */
export class Expiry {
  readonly #options: ExpiryOptions;
  #timer: Timer | undefined;
  #isStopped = false;
  readonly #sweeps = new Set<Promise<void>>();

  constructor(options: ExpiryOptions) {
    this.#options = options;
  }

  /** Sweeps every hour of the clock from now on. */
  start(): void {
    this.#timer = this.#options.clock.setTimer(() => {
      this.start();
      if (this.#sweeps.size === 0) void this.sweep();
    }, sweepMs);
  }

  /** Sweeps no more; resolves once the item at hand is dealt with. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await Promise.all(this.#sweeps);
  }

  /** Deletes what is due in every table. */
  async sweep(): Promise<void> {
    const sweep = this.#sweepTables();
    this.#sweeps.add(sweep);
    await sweep.finally(() => this.#sweeps.delete(sweep));
  }

  async #sweepTables(): Promise<void> {
    for (const [tableName, { timeToLive }] of this.#options.settings.entries())
      if (timeToLive?.isEnabled === true && !this.#isStopped) await orNextTime(this.#sweepTable(tableName, timeToLive.attributeName));
  }

  async #sweepTable(TableName: string, attributeName: string): Promise<void> {
    const { call } = this.#options;
    const { Table } = keySchema.parse(await call('DescribeTable', { TableName }));
    const keyNames = Table.KeySchema.map((element) => element.AttributeName);
    let ExclusiveStartKey: unknown;
    do {
      const found = page.parse(await call('Scan', { TableName, ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }) }));
      for (const item of found.Items)
        if (!this.#isStopped && this.#isDue(item[attributeName])) await this.#remove({ TableName, attributeName, keyNames }, item);
      ExclusiveStartKey = found.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined && !this.#isStopped);
  }

  #isDue(value: unknown): boolean {
    const parsed = numberValue.safeParse(value);
    const { clock, delayMs } = this.#options;
    const seconds = parsed.success ? Number(parsed.data.N) : Number.NaN;
    return seconds * 1000 + delayMs <= clock.now() && seconds >= clock.now() / 1000 - oldestSeconds;
  }

  async #remove({ TableName, attributeName, keyNames }: ExpiringTable, item: StoredItem): Promise<void> {
    const deleting = this.#options.call('DeleteItem', {
      TableName,
      Key: Object.fromEntries(keyNames.map((name) => [name, item[name]])),
      // Somebody may have prolonged it meanwhile.
      ConditionExpression: '#expiry = :seen',
      ExpressionAttributeNames: { '#expiry': attributeName },
      ExpressionAttributeValues: { ':seen': item[attributeName] },
    });
    await orNextTime(deleting);
  }
}
