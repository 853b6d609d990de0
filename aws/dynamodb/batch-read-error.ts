/** DynamoDB kept giving keys back unprocessed, as it does when the table is throttled. */
export class BatchReadError extends Error {
  override readonly name = 'BatchReadError';
  readonly code = 'ERR_BATCH_READ';

  constructor(tableName: string, unprocessed: number) {
    super(`DynamoDB left ${unprocessed} keys of table "${tableName}" unprocessed; the table is throttled. Try again later.`);
  }
}
