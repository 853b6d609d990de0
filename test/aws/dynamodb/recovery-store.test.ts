import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import { createDynamoDbRecoveryStore } from '../../../aws/dynamodb/recovery-store.ts';
import { recoveryClaimOf } from '../../../domain/recovery/recovery-connection.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aKey } from '../../builders/identifiers.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const recovery = { ticket: 'a'.repeat(64), until: NOON + 1 };
const opened = anEnrollment({ state: 'active', boundKey: aKey('device'), recovery });
const used = anEnrollment({ state: 'active', boundKey: aKey('device'), version: 2 });
const claimFor = (clientId: string) => recoveryClaimOf(opened, { clientId, at: NOON });
const { signal } = new AbortController();

const aStore = async () => {
  const tableName = await dynamoDb.newTable();
  const enrollments = createDynamoDbEnrollmentStore({ client: dynamoDb.client, tableName });
  await enrollments.register(opened);
  return { enrollments, store: createDynamoDbRecoveryStore(dynamoDb.client, tableName) };
};

describe('Tickets in DynamoDB', () => {
  test('are taken once, of many who show them at one moment, and open one claim', async () => {
    const { enrollments, store } = await aStore();
    expect(await store.read(opened.thingName, signal)).toEqual(opened);
    const claims = ['one', 'two', 'three'].map(claimFor);
    const outcomes = await Promise.all(claims.map((claim) => store.use(used, claim, signal)));
    expect(outcomes.toSorted()).toEqual(['conflict', 'conflict', 'written']);
    expect(await store.read(opened.thingName, signal)).toEqual(used);
    const kept = await Promise.all(claims.map(({ certificateId }) => enrollments.readClaim(certificateId)));
    expect(kept.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  test('open no claim in the place of another', async () => {
    const { enrollments, store } = await aStore();
    const claim = claimFor('one');
    await enrollments.createClaim({ ...claim, quota: 9 });
    expect(await store.use(used, claim, signal)).toBe('conflict');
    expect(await store.read(opened.thingName, signal)).toEqual(opened);
  });
});
