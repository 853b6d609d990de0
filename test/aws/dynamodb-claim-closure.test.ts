import { createDynamoDbClaimClosure } from '../../aws/dynamodb-claim-closure.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb-enrollment-store.ts';
import { decideAdmission } from '../../domain/admission.ts';
import { anAdmissionRequest } from '../builders/admission-request.ts';
import { aClaim } from '../builders/claim.ts';
import { anEnrollment } from '../builders/enrollment.ts';
import { type LocalDynamoDb, startDynamoDb } from '../fakes/local-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const start = async () => {
  const tableName = await dynamoDb.newTable();
  const { client } = dynamoDb;
  return { store: createDynamoDbEnrollmentStore({ client, tableName }), closure: createDynamoDbClaimClosure(client, tableName) };
};

describe('Closing a claim', () => {
  test('changes its state and nothing else, however often', async () => {
    const { store, closure } = await start();
    await store.createClaim(aClaim({ admitted: 7 }));
    const closed = { ...aClaim({ admitted: 7 }), state: 'closed' };
    expect(await closure.closeClaim(aClaim().certificateId)).toEqual(closed);
    expect(await closure.closeClaim(aClaim().certificateId)).toEqual(closed);
    expect(await store.readClaim(aClaim().certificateId)).toEqual(closed);
  });

  test('makes nothing of a claim that there is not', async () => {
    const { store, closure } = await start();
    expect(await closure.closeClaim(aClaim().certificateId)).toBeUndefined();
    expect(await store.readClaim(aClaim().certificateId)).toBeUndefined();
  });

  test('stops an admission that was decided before', async () => {
    const { store, closure } = await start();
    await store.register(anEnrollment());
    await store.createClaim(aClaim());
    const verdict = decideAdmission(anAdmissionRequest({ claim: aClaim(), enrollment: anEnrollment() }));
    await closure.closeClaim(aClaim().certificateId);
    expect(verdict.verdict === 'admit' && (await store.admit(verdict))).toBe('claim-changed');
  });
});
