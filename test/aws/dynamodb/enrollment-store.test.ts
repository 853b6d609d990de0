import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import { enrollmentKey } from '../../../aws/dynamodb/enrollment-item.ts';
import { StoredItemError } from '../../../aws/dynamodb/stored-item-error.ts';
import { decideAdmission } from '../../../domain/admission.ts';
import { anAdmissionRequest } from '../../builders/admission-request.ts';
import { aClaim } from '../../builders/claim.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aSerial } from '../../builders/identifiers.ts';
import { describeEnrollmentStore } from '../../contracts/enrollment-store.contract.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const newStore = async () => {
  const tableName = await dynamoDb.newTable();
  return { tableName, store: createDynamoDbEnrollmentStore({ client: dynamoDb.client, tableName }) };
};

describeEnrollmentStore('The store on DynamoDB', { newStore: async () => (await newStore()).store });

describe('The store on DynamoDB costs', () => {
  test('one request to read for an admission, and one to write it', async () => {
    const { store } = await newStore();
    await store.register(anEnrollment());
    await store.createClaim(aClaim());
    dynamoDb.takeSent();
    const records = await store.readForAdmission({ claim: aClaim().certificateId, thing: anEnrollment().thingName });
    const verdict = decideAdmission(anAdmissionRequest(records));
    if (verdict.verdict === 'admit') await store.admit(verdict);
    expect(dynamoDb.takeSent()).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
  });

  test('one request per hundred things read', async () => {
    const { store } = await newStore();
    await store.readMany(Array.from({ length: 201 }, (_, index) => anEnrollment({ serialNumber: aSerial(`SN-${index}`) }).thingName));
    expect(dynamoDb.takeSent()).toEqual(Array.from({ length: 3 }, () => 'BatchGetItemCommand'));
  });

  test('one request to register a hundred, and another without those that were there', async () => {
    const { store } = await newStore();
    const hundred = Array.from({ length: 100 }, (_, index) => anEnrollment({ serialNumber: aSerial(`SN-${index}`) }));
    await store.registerAll(hundred.slice(0, 50));
    expect(dynamoDb.takeSent()).toEqual(['TransactWriteItemsCommand']);
    await store.registerAll(hundred);
    expect(dynamoDb.takeSent()).toEqual(['TransactWriteItemsCommand', 'TransactWriteItemsCommand']);
  });

  test('one request per page of a list', async () => {
    const { store } = await newStore();
    await store.registerAll(Array.from({ length: 100 }, (_, index) => anEnrollment({ serialNumber: aSerial(`SN-${index}`) })));
    dynamoDb.takeSent();
    await store.list({}, { limit: 40 });
    await store.listAttention('pending', {}, { limit: 40 });
    expect(dynamoDb.takeSent()).toEqual(['ScanCommand', 'QueryCommand']);
  });

  test('nothing to read no things', async () => {
    const { store } = await newStore();
    expect(await store.readMany([])).toEqual([]);
    expect(dynamoDb.takeSent()).toEqual([]);
  });
});

describe('The store on DynamoDB decides nothing from', () => {
  test.each([
    ['an enrollment in a state that does not exist', { state: { S: 'blessed' } }],
    ['an enrollment without a version', {}],
    ['an enrollment whose line could be a wildcard', { line: { S: '+' } }],
  ])('%s', async (_, attributes) => {
    const { store, tableName } = await newStore();
    const { thingName } = anEnrollment();
    const Item = { ...enrollmentKey(thingName), ...attributes };
    await dynamoDb.client.send(new PutItemCommand({ TableName: tableName, Item }));
    await expect(store.readForAdmission({ claim: aClaim().certificateId, thing: thingName })).rejects.toThrow(StoredItemError);
  });
});
