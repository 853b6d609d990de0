import { verify } from '../../../approaches/pki/verify.ts';
import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import { createHook } from '../../../lambdas/pre-provisioning-hook/hook.ts';
import { systemClock } from '../../../lambdas/middleware/clock.ts';
import { aClaim } from '../../builders/claim.ts';
import { aDeviceKey } from '../../builders/device-certificate.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aHookEvent } from '../../builders/hook-event.ts';
import { aCertificateId, aSerial } from '../../builders/identifiers.ts';
import { aLambdaContext } from '../../builders/lambda-context.ts';
import { aLineSettings } from '../../builders/line-settings.ts';
import { registerAll } from '../../builders/register-all.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { seededRandom } from '../../fakes/seeded-random.ts';

const RACES = 1_000;
/** Races that run side by side, each with a claim of its own: what is tested is who gets the serial, not who waits for the claim. */
const LANES = 4;

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const [one, other] = await Promise.all([aDeviceKey(), aDeviceKey()]);

const claimOf = (lane: number) => aCertificateId(`claim ${lane}`);

const aFleet = async (serials: readonly string[]) => {
  const store = createDynamoDbEnrollmentStore({ client: dynamoDb.client, tableName: await dynamoDb.newTable() });
  const now = Date.now();
  const claims = Array.from({ length: LANES }, (_, lane) =>
    aClaim({ certificateId: claimOf(lane), opensAt: now - 1, expiresAt: now + 3_600_000, quota: RACES }),
  );
  for (const claim of claims) await store.createClaim(claim);
  await registerAll(
    store,
    serials.map((serial) => anEnrollment({ serialNumber: aSerial(serial) })),
  );
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  let certificates = 0;
  const hook = createHook({
    approach: 'pki',
    verify,
    deployment: { prefix: 'muster', topicPrefix: 'muster' },
    lines: [aLineSettings({ attestation: 'serial-only' })],
    store,
    audit,
    faults,
    clock: systemClock,
    random: seededRandom(7),
    newId: numberedIds(),
    refusalFloorMs: 0,
  });
  const ask = async (serial: string, certificatePem: string, lane = 0) => {
    certificates += 1;
    const certificateId = aCertificateId(`c${certificates}`);
    const event = aHookEvent(certificatePem, { certificateId, claimCertificateId: claimOf(lane), parameters: { SerialNumber: serial } });
    return (await hook(event, aLambdaContext())).allowProvisioning;
  };
  const admittedBy = async (lane: number) => (await store.readClaim(claimOf(lane)))?.admitted;
  dynamoDb.takeSent();
  return { admittedBy, audit, faults, ask };
};

describe('At the hook, on DynamoDB,', () => {
  test('an admission that nobody contends costs two requests', async () => {
    const { ask } = await aFleet(['SN-1']);
    expect(await ask('SN-1', one.certificatePem)).toBe(true);
    expect(dynamoDb.takeSent()).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
  });

  test('a device that returns costs two requests, and the claim nothing', async () => {
    const { ask, admittedBy } = await aFleet(['SN-1']);
    await ask('SN-1', one.certificatePem);
    dynamoDb.takeSent();
    expect(await ask('SN-1', one.certificatePem)).toBe(true);
    expect(dynamoDb.takeSent()).toEqual(['BatchGetItemCommand', 'TransactWriteItemsCommand']);
    expect(await admittedBy(0)).toBe(1);
  });

  test('a refusal costs one request, and writes nothing', async () => {
    const { ask } = await aFleet(['SN-1']);
    expect(await ask('SN-2', one.certificatePem)).toBe(false);
    expect(dynamoDb.takeSent()).toEqual(['BatchGetItemCommand']);
  });

  test('a request that cannot be read costs none', async () => {
    const { ask } = await aFleet(['SN-1']);
    expect(await ask('SN-1 ', one.certificatePem)).toBe(false);
    expect(dynamoDb.takeSent()).toEqual([]);
  });

  test(`two devices with different keys race for one serial, ${RACES} times, and exactly one wins each time`, async () => {
    const serials = Array.from({ length: RACES }, (_, index) => `SN-${index}`);
    const { ask, admittedBy, audit, faults } = await aFleet(serials);
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      for (const serial of serials.filter((_serial, index) => index % LANES === lane)) {
        const allowed = await Promise.all([ask(serial, one.certificatePem, lane), ask(serial, other.certificatePem, lane)]);
        expect(allowed.filter(Boolean)).toHaveLength(1);
      }
      expect(await admittedBy(lane)).toBe(RACES / LANES);
    });
    await Promise.all(lanes);
    const reasons = new Set(audit.events.flatMap(({ reason }) => reason ?? []));
    expect([...reasons]).toEqual(['bound-to-another-key']);
    expect(faults.faults).toEqual([]);
  }, 180_000);
});
