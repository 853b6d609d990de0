/** DynamoDB kept giving items back unprocessed, as it does when the table is throttled. */
export class BatchWriteError extends Error {
  override readonly name = 'BatchWriteError';
  readonly code = 'ERR_BATCH_WRITE';

  constructor(tableName: string, unprocessed: number) {
    super(`DynamoDB left ${unprocessed} items for table "${tableName}" unwritten; the table is throttled. Try again later.`);
  }
}
