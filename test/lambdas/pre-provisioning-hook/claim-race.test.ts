import type { Claim } from '../../../domain/claim.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import { DeadlineError } from '../../../lambdas/middleware/deadline-error.ts';
import { aDeviceKey } from '../../builders/device-certificate.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';
import { hookOnDynamoDb } from './hook-on-dynamodb.ts';

const DEVICES = 64;
const QUOTA = 10;

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const [device, thief] = await Promise.all([aDeviceKey(), aDeviceKey()]);

const [first, second] = [aCertificateId('first'), aCertificateId('second')];
const plain: readonly Partial<Claim>[] = [{ certificateId: first, quota: QUOTA }];
const rotated: readonly Partial<Claim>[] = [
  { certificateId: first, quota: QUOTA, state: 'closed' },
  { certificateId: second, quota: QUOTA, countsOn: first },
];
// While a rotation is under way both certificates are in use on the line.
const rotating: readonly Partial<Claim>[] = [
  { certificateId: first, quota: QUOTA },
  { certificateId: second, quota: QUOTA, countsOn: first },
];

/** All ask at once, and again for as long as they are refused only because others were in the way. */
const crowd = async (claims: readonly Partial<Claim>[], line: Partial<LineSettings> = {}) => {
  const serials = Array.from({ length: DEVICES }, (_, index) => `SN-${index}`);
  const { ask, store, audit, faults } = await hookOnDynamoDb(dynamoDb, { serials, claims, line });
  const open = claims.flatMap(({ certificateId, state }) => (certificateId === undefined || state === 'closed' ? [] : [certificateId]));
  const arrive = async (serial: string, index: number): Promise<boolean> => {
    const claim = open[index % open.length];
    for (;;) {
      if (await ask(serial, device.certificatePem, claim)) return true;
      const reason = audit.events.findLast((event) => event.serialNumber === serial && event.reason !== undefined)?.reason;
      if (reason !== 'lost-a-race' && reason !== 'deadline-exceeded') return false;
    }
  };
  const allowed = await Promise.all(serials.map(arrive));
  const { rows } = await store.list({}, { limit: DEVICES });
  const counted = (await store.readClaim(first))?.admitted;
  return { admitted: allowed.filter(Boolean).length, counted, rows, faults, ask };
};

describe(`F1: ${DEVICES} devices that come at once on a claim of ${QUOTA}`, () => {
  test.each([
    ['one claim', plain],
    ['a claim that was rotated', rotated],
    ['both certificates of a claim that is being rotated', rotating],
  ])(
    `exactly ${QUOTA} come in, by %s`,
    async (_, claims) => {
      const { admitted, counted, rows, faults } = await crowd(claims);
      expect({ admitted, counted }).toEqual({ admitted: QUOTA, counted: QUOTA });
      expect(rows.filter(({ state }) => state === 'admitted')).toHaveLength(QUOTA);
      expect(rows.filter(({ state }) => state === 'registered')).toHaveLength(DEVICES - QUOTA);
      // On a machine that is busy some run out of time and ask again, as devices do.
      expect(faults.faults.filter((fault) => !(fault instanceof DeadlineError))).toEqual([]);
    },
    180_000,
  );

  test(`exactly ${QUOTA} wait, where an operator must approve them`, async () => {
    const { admitted, counted, rows } = await crowd(plain, { approval: 'operator' });
    expect({ admitted, counted }).toEqual({ admitted: 0, counted: QUOTA });
    expect(rows.filter(({ state }) => state === 'pending')).toHaveLength(QUOTA);
  }, 180_000);

  test('those that came in return on it, though it is used up', async () => {
    const { rows, ask, counted } = await crowd(rotated);
    const [one] = rows.filter(({ state }) => state === 'admitted');
    expect(one && (await ask(one.serialNumber, device.certificatePem, second))).toBe(true);
    expect(counted).toBe(QUOTA);
  }, 180_000);
});

describe('F32: Many that come at once with one serial', () => {
  test('one key comes in, one contends, and nothing else is written', async () => {
    const { ask, store, audit } = await hookOnDynamoDb(dynamoDb, { serials: ['SN-1'] });
    const pems = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? device.certificatePem : thief.certificatePem));
    await Promise.all(pems.map((pem) => ask('SN-1', pem)));
    const [enrollment] = (await store.list({}, { limit: 2 })).rows;
    const keys = [enrollment?.boundKey, enrollment?.contender?.key];
    expect(keys.sort()).toEqual([device.digest, thief.digest].sort());
    const contests = audit.events.filter(({ code }) => code === 'device.contested');
    expect(contests).toHaveLength(1);
    const granted = audit.events.filter(({ code }) => code === 'admission.granted').length;
    expect(enrollment?.version).toBe(1 + granted + contests.length);
  }, 180_000);

  test('one key waits, one contends, and each is on record once, where an operator must approve', async () => {
    const { ask, store, audit } = await hookOnDynamoDb(dynamoDb, { serials: ['SN-1'], line: { approval: 'operator' } });
    const pems = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? device.certificatePem : thief.certificatePem));
    await Promise.all(pems.map((pem) => ask('SN-1', pem)));
    const [enrollment] = (await store.list({}, { limit: 2 })).rows;
    expect(enrollment).toMatchObject({ state: 'pending', version: 3 });
    const changes = audit.events.flatMap(({ code }) => (code === 'admission.refused' ? [] : [code]));
    expect(changes.sort()).toEqual(['admission.held', 'device.contested']);
  }, 180_000);
});
