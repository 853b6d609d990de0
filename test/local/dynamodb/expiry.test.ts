import { PutItemCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../local/aws-error.ts';
import { Expiry } from '../../../local/dynamodb/expiry.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { testStartMs } from '../service-endpoint.ts';
import { startDynamodb } from './dynamodb-fixture.ts';

const hourMs = 3_600_000;

/** Two tables with a time to live and one expired item each; of what is asked, the names are kept. */
const twoTables = (refuses: (tableName: unknown) => boolean) => {
  const clock = new ManualClock(testStartMs);
  const timeToLive = { isEnabled: true, attributeName: 'expires', modifiedAtMs: testStartMs };
  const entries = () => ['first', 'second'].map((name) => [name, { timeToLive }] as const);
  const asked: string[] = [];
  const answers: Readonly<Record<string, object>> = {
    DescribeTable: { Table: { KeySchema: [{ AttributeName: 'id' }] } },
    Scan: { Items: [{ id: { S: 'old' }, expires: { N: String(testStartMs / 1000 - 60) } }] },
  };
  const call = (operation: string, { TableName }: { TableName?: unknown }): Promise<object> => {
    asked.push(`${operation} ${String(TableName)}`);
    if (refuses(TableName)) return Promise.reject(new AwsError('AccessDeniedException', 'The key is disabled.'));
    return Promise.resolve(answers[operation] ?? {});
  };
  return { clock, asked, expiry: new Expiry({ clock, settings: { entries }, call, delayMs: 0 }) };
};

describe('Expired items', () => {
  test('are deleted every hour, until it is stopped', async () => {
    const { clock, asked, expiry } = twoTables(() => false);
    expiry.start();
    clock.advance(hourMs);
    await expiry.stop();
    expect(asked).toContain('Scan first');
    asked.length = 0;
    clock.advance(5 * hourMs);
    expect(asked).toEqual([]);
  });

  test('wait for the next sweep in a table that refuses, and are deleted in the others', async () => {
    const { asked, expiry } = twoTables((tableName) => tableName === 'first');
    await expiry.sweep();
    expect(asked).toContain('DeleteItem second');
    expect(asked).not.toContain('DeleteItem first');
  });

  test('do not keep a store from stopping: a sweep under way ends with the item at hand', async () => {
    const dynamodb = await startDynamodb();
    const { clock, client, service } = dynamodb;
    const TableName = await dynamodb.newTable();
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true } }));
    const expires = { N: String(clock.now() / 1000) };
    for (let index = 0; index < 20; index += 1)
      await client.send(new PutItemCommand({ TableName, Item: { id: { S: `${index}` }, expires } }));
    clock.advance(3 * 24 * hourMs);
    const sweeping = service.sweepExpired();
    await dynamodb.stop();
    await expect(sweeping).resolves.toBeUndefined();
  });
});
