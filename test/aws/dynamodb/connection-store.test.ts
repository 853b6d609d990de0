import { PutItemCommand, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { createDynamoDbConnectionStore } from '../../../aws/dynamodb/connection-store.ts';
import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import { enrollmentKey } from '../../../aws/dynamodb/enrollment-item.ts';
import { StoredItemError } from '../../../aws/dynamodb/stored-item-error.ts';
import { type OfferedProof, proofMark } from '../../../domain/connection/accepted-proof.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { describeConnectionStore } from '../../contracts/connection-store.contract.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const newStore = async () => {
  const props = { client: dynamoDb.client, tableName: await dynamoDb.newTable() };
  return { ...props, store: { ...createDynamoDbEnrollmentStore(props), ...createDynamoDbConnectionStore(props) } };
};

describeConnectionStore('Connections in the store on DynamoDB', { newStore: async () => (await newStore()).store });

const device = anEnrollment({ approach: 'psk' });
const patient = new AbortController().signal;
const { thingName, line, serialNumber } = device;
const proof: OfferedProof = {
  ...{ thingName, line, serialNumber, approach: 'psk', keyVersion: 1, isTimely: true },
  ...{ mark: proofMark(NOON, 1), connectionId: 'one' },
};

describe('Connections cost', () => {
  test('one request for a proof, taken or not, and one to read', async () => {
    const { store } = await newStore();
    await store.register(device);
    dynamoDb.takeSent();
    await store.accept(proof, patient);
    await store.accept({ ...proof, connectionId: 'two' }, patient);
    await store.accept({ ...proof, isTimely: false }, patient);
    expect(dynamoDb.takeSent()).toEqual(['UpdateItemCommand', 'UpdateItemCommand', 'UpdateItemCommand']);
    await store.read(thingName, patient);
    expect(dynamoDb.takeSent()).toEqual(['GetItemCommand']);
  });
});

describe('The store of connections', () => {
  test('says that it lost a race where a transaction holds the device', async () => {
    const client = dynamoDb.client;
    const { tableName } = await newStore();
    const send = () => Promise.reject(new TransactionConflictException({ message: 'held', $metadata: {} }));
    const store = createDynamoDbConnectionStore({ client: Object.assign(Object.create(client) as typeof client, { send }), tableName });
    expect(await store.accept(proof, patient)).toEqual({ accepted: false, reason: 'lost-a-race', enrollment: undefined });
  });

  test('decides nothing from what is no enrollment', async () => {
    const { store, tableName, client } = await newStore();
    const Item = { ...enrollmentKey(thingName), state: { S: 'blessed' } };
    await client.send(new PutItemCommand({ TableName: tableName, Item }));
    await expect(store.accept(proof, patient)).rejects.toThrow(StoredItemError);
    await expect(store.read(thingName, patient)).rejects.toThrow(StoredItemError);
  });
});
