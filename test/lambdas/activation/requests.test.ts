import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { createActivation } from '../../../lambdas/activation/activation.ts';
import { systemClock } from '../../../lambdas/middleware/clock.ts';
import { aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId, aKey, aSerial } from '../../builders/identifiers.ts';
import { aConnectedEvent, anSqsRecord } from '../../builders/lifecycle-event.ts';
import { registerAll } from '../../builders/register-all.ts';
import { entranceCloud } from '../../fakes/entrance-cloud.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { fakeDeviceCloud } from '../../fakes/fake-device-cloud.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { recordedJobExecutions } from '../../fakes/recorded-job-executions.ts';
import { recordedRetirement } from '../../fakes/recorded-retirement.ts';

const THINGS = 1_000;

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const enrollmentOf = (index: number): Enrollment =>
  anEnrollment({
    serialNumber: aSerial(`SN-${index}`),
    state: 'active',
    boundKey: aKey('device'),
    certificates: [aCertificate(`c${index}`)],
    certificateInUse: aCertificateId(`c${index}`),
  });

const reconnect = (index: number) => {
  const { thingName } = enrollmentOf(index);
  return anSqsRecord(
    aConnectedEvent({ clientId: thingName, thingName, principalIdentifier: aCertificateId(`c${index}`) }),
    `message-${index}`,
  );
};

const anActivation = async () => {
  const store = createDynamoDbEnrollmentStore({ client: dynamoDb.client, tableName: await dynamoDb.newTable() });
  const { retirement } = recordedRetirement();
  const audit = recordedAuditLog();
  const cloud = fakeDeviceCloud(audit);
  const activate = createActivation({
    ...{ store, retirement, audit, faults: recordedFaultLog(), clock: systemClock },
    ...{ prefix: 'muster', topicPrefix: 'muster', lineSettings: [], rotations: [], clientIdLines: [], placing: entranceCloud().placing },
    jobExecutions: recordedJobExecutions().jobExecutions,
    ...{ ...cloud.ports, groups: cloud.ports.thingGroups, ...resourceNames('muster') },
  });
  return { store, activate };
};

test('A thousand reconnects of known devices cost ten reads and no write', async () => {
  const { store, activate } = await anActivation();
  const known = Array.from({ length: THINGS }, (_, index) => index);
  await registerAll(store, known.map(enrollmentOf));
  dynamoDb.takeSent();
  expect(await activate({ Records: known.map(reconnect) })).toEqual({ batchItemFailures: [] });
  expect(dynamoDb.takeSent()).toEqual(Array.from({ length: 10 }, () => 'BatchGetItemCommand'));
});

test('A device that reconnects a thousand times in one batch costs one read', async () => {
  const { store, activate } = await anActivation();
  await store.register(enrollmentOf(1));
  dynamoDb.takeSent();
  await activate({ Records: Array.from({ length: THINGS }, () => reconnect(1)) });
  expect(dynamoDb.takeSent()).toEqual(['BatchGetItemCommand']);
});

test('An activation costs one write', async () => {
  const { store, activate } = await anActivation();
  const { certificateInUse, ...admitted } = enrollmentOf(1);
  await store.register({ ...admitted, state: 'admitted' });
  dynamoDb.takeSent();
  await activate({ Records: [reconnect(1)] });
  expect(dynamoDb.takeSent()).toEqual(['BatchGetItemCommand', 'PutItemCommand']);
  expect((await store.readMany([admitted.thingName]))[0]).toMatchObject({ state: 'active', certificateInUse });
});
