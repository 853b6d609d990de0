import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import { createDynamoDbIssuanceStore } from '../../../aws/dynamodb/issuance-store.ts';
import type { Allowance } from '../../../domain/issuance/issuance-ports.ts';
import { aClaim } from '../../builders/claim.ts';
import { anEnrollment, NOON } from '../../builders/enrollment.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const { signal } = new AbortController();
const allowance: Allowance = { kind: 'claim', of: 'c', span: '2026-11-20T12', limit: 3, endsAt: NOON };

const start = async () => {
  const { client } = dynamoDb;
  const tableName = await dynamoDb.newTable();
  return { client, tableName, store: createDynamoDbIssuanceStore(client, tableName) };
};

describe('What decisions about certificates are made from', () => {
  test('are the claim and the enrollment, each by its key', async () => {
    const { client, tableName, store } = await start();
    const records = createDynamoDbEnrollmentStore({ client, tableName });
    await records.createClaim(aClaim());
    await records.register(anEnrollment());
    expect(await store.claim(aClaim().certificateId, signal)).toEqual(aClaim());
    expect(await store.enrollment(anEnrollment().thingName, signal)).toEqual(anEnrollment());
    expect(await store.claim(aCertificateId('other'), signal)).toBeUndefined();
  });
});

describe('The budget of certificates', () => {
  test('ends at its limit, however many ask at once', async () => {
    const { store } = await start();
    const spent = await Promise.all(Array.from({ length: 10 }, () => store.spend(allowance, signal)));
    expect(spent.filter((isSpent) => isSpent)).toHaveLength(3);
  });

  test('is another for each claim or device, and each time', async () => {
    const { store } = await start();
    const others = [{}, { kind: 'device' as const }, { of: 'd' }, { span: '2026-11-20T13' }];
    for (const other of others) expect(await store.spend({ ...allowance, limit: 1, ...other }, signal)).toBe(true);
  });

  test('goes by itself when nobody asks for it any more', async () => {
    const { client, tableName, store } = await start();
    await store.spend(allowance, signal);
    const { Items } = await client.send(new ScanCommand({ TableName: tableName }));
    expect(Items).toMatchObject([{ pk: { S: 'issuance#claim#c' }, issued: { N: '1' }, expiresAtSeconds: { N: String(NOON / 1000) } }]);
  });
});
