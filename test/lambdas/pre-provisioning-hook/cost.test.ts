import type { LineSettings } from '../../../domain/line-settings.ts';
import { NOON } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aDeviceKey } from '../../builders/device-certificate.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { type LocalDynamoDb, startDynamoDb } from '../../fakes/local-dynamodb.ts';
import { meterOf } from '../../fakes/capacity-meter.ts';
import { type Fleet, hookOnDynamoDb } from './hook-on-dynamodb.ts';

let dynamoDb: LocalDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynamoDb();
});
afterAll(() => dynamoDb.stop());

const [device, thief] = await Promise.all([aDeviceKey(), aDeviceKey()]);

const READ = 'BatchGetItemCommand';
const WRITE = 'TransactWriteItemsCommand';

interface Ask {
  readonly serial?: string;
  readonly pem?: string;
}

/** The requests that each of these costs, one after the other. */
const requestsOf = async (fleet: Partial<Fleet>, asks: readonly Ask[]): Promise<readonly (readonly string[])[]> => {
  const { ask } = await hookOnDynamoDb(dynamoDb, { serials: ['SN-1'], ...fleet });
  const sent = [];
  for (const { serial = 'SN-1', pem = device.certificatePem } of asks) {
    await ask(serial, pem);
    sent.push(dynamoDb.takeSent());
  }
  return sent;
};

const approval: Partial<LineSettings> = { approval: 'operator' };
const pending = { key: device.digest, at: NOON, correlationId: CLIENT_ID };

describe('A decision reads with one request, and writes with one or none:', () => {
  test.each<[string, Partial<Fleet>, readonly Ask[], readonly (readonly string[])[]]>([
    [
      'a device that comes and returns',
      {},
      [{}, {}],
      [
        [READ, WRITE],
        [READ, WRITE],
      ],
    ],
    ['a device that waits for approval writes once', { line: approval }, [{}, {}, {}], [[READ, WRITE], [READ], [READ]]],
    [
      'a device that was approved',
      { line: approval, enrollment: { state: 'pending', pending, approvedKey: device.digest } },
      [{}],
      [[READ, WRITE]],
    ],
    [
      'keys that contend for a serial write once',
      {},
      [{}, { pem: thief.certificatePem }, { pem: thief.certificatePem }],
      [[READ, WRITE], [READ, WRITE], [READ]],
    ],
    ['a key that an operator ruled out', { enrollment: { refusedKeys: [device.digest] } }, [{}], [[READ]]],
    ['a serial that nobody registered, and one that looks like another', {}, [{ serial: 'SN-2' }, { serial: 'sn-1' }], [[READ], [READ]]],
    ['evidence that is too weak', { line: { attestation: 'pinned-key' } }, [{}], [[READ]]],
    ['a claim that is used up', { claims: [{ quota: 0 }] }, [{}], [[READ]]],
  ])('%s', async (_, fleet, asks, requests) => {
    expect(await requestsOf(fleet, asks)).toEqual(requests);
  });

  test('a claim that was rotated costs no more requests, also when it is used up', async () => {
    const first = { certificateId: aCertificateId('first'), quota: 1 };
    const claims = [first, { countsOn: first.certificateId, quota: 1 }];
    const requests = await requestsOf({ serials: ['SN-1', 'SN-2'], claims }, [{}, { serial: 'SN-2' }, { serial: 'SN-1' }]);
    expect(requests).toEqual([
      [READ, WRITE],
      [READ, WRITE],
      [READ, WRITE],
    ]);
  });
});

describe('An admission', () => {
  const unitsWith = async (count: number): Promise<readonly number[]> => {
    const serials = Array.from({ length: count }, (_, index) => `SN-${String(index).padStart(6, '0')}`);
    const { ask } = await hookOnDynamoDb(dynamoDb, { serials });
    const meter = meterOf(dynamoDb.client);
    for (const visit of [device, device, thief]) await ask('SN-000003', visit.certificatePem);
    meter.stop();
    return meter.units();
  };

  test('costs the same capacity among a thousand enrollments as among a hundred thousand', async () => {
    const [few, many] = [await unitsWith(1_000), await unitsWith(100_000)];
    expect(few).toHaveLength(6);
    expect(many).toEqual(few);
    expect(few.every((units) => units > 0 && units < 16)).toBe(true);
  }, 240_000);
});
