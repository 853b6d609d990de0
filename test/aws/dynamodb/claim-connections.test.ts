import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClaimConnections } from '../../../aws/dynamodb/claim-connections.ts';
import type { ClaimConnection } from '../../../domain/claim/claim-ports.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const CLAIM = aCertificateId('claim');
const seen = (clientId: string, at: number, more: Partial<ClaimConnection> = {}): ClaimConnection => ({
  certificateId: CLAIM,
  clientId,
  at,
  address: '192.0.2.7',
  ...more,
});

const readAll = async (found: AsyncIterable<ClaimConnection>): Promise<readonly ClaimConnection[]> => {
  const all: ClaimConnection[] = [];
  for await (const connection of found) all.push(connection);
  return all;
};

const start = async () => {
  const tableName = await dynamoDb.newTable();
  return { tableName, connections: createDynamoDbClaimConnections(dynamoDb.client, tableName) };
};

describe('Connections under claims', () => {
  test('are found by certificate and time, the latest first', async () => {
    const { connections } = await start();
    const all = [seen('early', NOON - 2), seen('a', NOON - 1), seen('ünïcode/\uffff', NOON), seen('b', NOON)];
    await connections.record([...all, seen('other', NOON, { certificateId: aCertificateId('other') })]);
    const found = await readAll(connections.since(CLAIM, NOON - 1));
    expect(found.map(({ clientId }) => clientId)).toEqual(['ünïcode/\uffff', 'b', 'a']);
    expect(found.at(-1)).toEqual(seen('a', NOON - 1));
  });

  test('tell the address behind a client id, and none when it was not seen at about that time', async () => {
    const { connections } = await start();
    await connections.record([seen('muster-claim-1', NOON), seen('muster-claim-2', NOON, { address: '2001:db8::7' })]);
    expect(await connections.addressOf(CLAIM, 'muster-claim-2', NOON + 2_000)).toBe('2001:db8::7');
    expect(await connections.addressOf(CLAIM, 'muster-claim-2', NOON + 3_600_000)).toBeUndefined();
    expect(await connections.addressOf(CLAIM, 'muster-claim-3', NOON)).toBeUndefined();
  });

  test('are written in batches, each once however often it is told', async () => {
    const { connections } = await start();
    const many = Array.from({ length: 60 }, (_, index) => seen(`client-${index}`, NOON + index));
    await connections.record([...many, ...many]);
    await connections.record(many.slice(0, 5));
    expect(await readAll(connections.since(CLAIM, 0))).toHaveLength(60);
    expect(dynamoDb.takeSent().filter((command) => command === 'BatchWriteItemCommand')).toHaveLength(4);
  });

  test('end by themselves after ninety days', async () => {
    const { connections, tableName } = await start();
    await connections.record([seen('a', NOON)]);
    const { Items = [] } = await dynamoDb.client.send(new ScanCommand({ TableName: tableName }));
    expect(Items[0]?.['expiresAtSeconds']).toEqual({ N: String(NOON / 1000 + 90 * 86_400) });
  });

  test('are none when nothing is told', async () => {
    const { connections } = await start();
    await connections.record([]);
    expect(dynamoDb.takeSent()).toEqual([]);
  });
});
