import * as z from 'zod/mini';
import { createDynamoDbDueRotations } from '../../../aws/dynamodb/due-rotations.ts';
import { without } from '../../../domain/enrollment.ts';
import { rotationSettings } from '../../../domain/rotation/rotation-settings.ts';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { aKey, aLine } from '../../builders/identifiers.ts';
import { DAY_MS, HOUR_MS, aCertificateAtIot, aFleet, inShort, startReconciliationWorld, statusOf } from './reconciliation-world.ts';

let world: Awaited<ReturnType<typeof startReconciliationWorld>>;
beforeAll(async () => {
  world = await startReconciliationWorld();
});
afterAll(() => world.stop());

let serials = 0;
const aSerialNumber = () => `ROT-${(serials += 1)}`;
const id = z.parse(rotationId, 'muster-rotation-1');

/** No pass over everything: what was changed, and what was put off until now. */
const quiet = { progress: { read: () => Promise.resolve({ notBefore: Infinity }), write: () => Promise.resolve() } };

const aRotating = async () => {
  const fleet = await aFleet(world);
  const offered = await aCertificateAtIot(world);
  const until = fleet.time.now + 24 * HOUR_MS;
  const serial = aSerialNumber();
  const device = await fleet.enroll(serial, (inUse) => ({
    state: 'rotating',
    rotation: { id, startedAt: fleet.time.now, until },
    candidateKey: aKey('next'),
    certificates: [
      { id: inUse, key: aKey(serial), issuedAt: fleet.time.now - DAY_MS },
      { id: offered, key: aKey('next'), issuedAt: fleet.time.now, correlationId: id },
    ],
  }));
  return { fleet, offered, ...device };
};

describe('The watchdog of rotations', () => {
  test('F17: leaves a device its time, and then what it had; retires what it was given and never used', async () => {
    const { fleet, offered, certificate, thing } = await aRotating();
    expect(inShort(await fleet.runAfter(HOUR_MS, quiet))).toEqual([]);
    expect(inShort(await fleet.runAfter(22 * HOUR_MS, quiet))).toEqual([]);
    const told = ['rotation.withdrawn', 'certificate.retired', 'reconciliation.repaired rotation-overdue'];
    expect(inShort(await fleet.runAfter(2 * HOUR_MS, quiet))).toEqual(told);
    expect([await statusOf(world, certificate), await statusOf(world, offered)]).toEqual(['ACTIVE', 'GONE']);
    const [enrollment] = await fleet.store.readMany([thing]);
    expect(enrollment).toMatchObject({ state: 'active', failedRotations: 1, toRetire: [], rotateAt: fleet.time.now + DAY_MS });
    expect(enrollment).not.toHaveProperty('rotation');
  });

  test('F19: leaves one certificate ACTIVE, whatever was given', async () => {
    const { fleet, certificate, offered, enrollment, thing } = await aRotating();
    const another = await aCertificateAtIot(world);
    const lost = { id: another, key: aKey('lost'), issuedAt: fleet.time.now, correlationId: id };
    await fleet.store.replace({ ...enrollment, version: 2, certificates: [...enrollment.certificates, lost], toRetire: [another] });
    for (let again = 0; again < 4; again += 1) await fleet.runAfter(25 * HOUR_MS, quiet);
    const [settled] = await fleet.store.readMany([thing]);
    expect(settled?.certificates.map((one) => one.id)).toEqual([certificate]);
    expect(await Promise.all([certificate, offered, another].map((one) => statusOf(world, one)))).toEqual(['ACTIVE', 'GONE', 'GONE']);
  });

  test('tries again what failed between the record and AWS IoT', async () => {
    const { fleet, offered, certificate } = await aRotating();
    const retire = () => Promise.reject(new Error('the power failed'));
    await fleet.runAfter(25 * HOUR_MS, { ...quiet, retirement: { retire } });
    expect(await statusOf(world, offered)).toBe('ACTIVE');
    await fleet.runAfter(HOUR_MS, quiet);
    expect([await statusOf(world, certificate), await statusOf(world, offered)]).toEqual(['ACTIVE', 'GONE']);
  });

  test('does not hold a device that rotates for stale, however long it may take', async () => {
    const fleet = await aFleet(world);
    const until = fleet.time.now + 7 * DAY_MS;
    await fleet.enroll(aSerialNumber(), () => ({ state: 'rotating', rotation: { id, startedAt: fleet.time.now, until } }));
    expect(inShort(await fleet.runAfter(6 * DAY_MS, quiet))).toEqual([]);
    expect(inShort(await fleet.runAfter(2 * DAY_MS, quiet))).toEqual(['rotation.withdrawn', 'reconciliation.repaired rotation-overdue']);
  });

  test('leaves a device in quarantine what it has, and withdraws when it is released', async () => {
    const fleet = await aFleet(world);
    const rotation = { id, startedAt: fleet.time.now, until: fleet.time.now + HOUR_MS };
    const { enrollment, thing } = await fleet.enroll(aSerialNumber(), () => ({
      state: 'quarantined',
      quarantinedFrom: 'rotating',
      rotation,
    }));
    await fleet.runAfter(2 * HOUR_MS, quiet);
    expect(await fleet.store.readMany([thing])).toMatchObject([{ state: 'quarantined', rotation }]);
    const released = without(enrollment, 'quarantinedFrom');
    const at = fleet.time.now;
    await fleet.store.replace({ ...released, state: 'rotating', version: 2, lastEvent: { ...enrollment.lastEvent, id: 'released', at } });
    await fleet.runAfter(HOUR_MS, quiet);
    expect(await fleet.store.readMany([thing])).toMatchObject([{ state: 'active' }]);
  });
});

describe('When a credential is due', () => {
  const rotations = [{ line: aLine(), settings: z.parse(rotationSettings, { everyDays: 10, jitter: 0 }) }];

  /** Runs until the full pass that is due is done. */
  const passAfter = async (fleet: Awaited<ReturnType<typeof aFleet>>, more: object) => {
    await fleet.runAfter(HOUR_MS, more);
    await fleet.runAfter(2 * DAY_MS, more);
  };

  const listed = ({ tableName }: Awaited<ReturnType<typeof aFleet>>) =>
    createDynamoDbDueRotations(world.dynamoDb.client, tableName).list({ line: aLine() }, 10);

  test('is noted by the full pass where rotation was just turned on, also of devices that came in before', async () => {
    const fleet = await aFleet(world);
    const { thing, enrollment } = await fleet.enroll(aSerialNumber());
    const since = enrollment.certificates[0]?.issuedAt ?? 0;
    await passAfter(fleet, { rotations });
    expect((await listed(fleet)).rows).toEqual([{ thing, rotateAt: since + 10 * DAY_MS }]);
    expect(await fleet.store.readMany([thing])).toMatchObject([{ version: 1, rotateAt: since + 10 * DAY_MS }]);
  });

  test('is noted anew where the settings changed, and no more where the line rotates no longer', async () => {
    const fleet = await aFleet(world);
    const { thing } = await fleet.enroll(aSerialNumber(), () => ({
      credentialSince: fleet.time.now,
      rotateAt: fleet.time.now + 400 * DAY_MS,
    }));
    const since = fleet.time.now;
    await passAfter(fleet, { rotations });
    expect((await listed(fleet)).rows).toEqual([{ thing, rotateAt: since + 10 * DAY_MS, since }]);
    await passAfter(fleet, {});
    expect((await listed(fleet)).rows).toEqual([]);
  });

  test.each([
    { why: 'a rotation of it came to nothing', more: { failedRotations: 3 }, inDays: 9 },
    { why: 'another key of it is awaited', more: {}, inDays: 2.5 },
  ])('stays put off where $why', async ({ more, inDays }) => {
    const fleet = await aFleet(world);
    const rotateAt = fleet.time.now + inDays * DAY_MS;
    const old = { credentialSince: fleet.time.now - 30 * DAY_MS, rotateAt, ...more };
    const { thing } = await fleet.enroll(aSerialNumber(), () => old);
    await passAfter(fleet, { rotations });
    expect(await fleet.store.readMany([thing])).toMatchObject([{ rotateAt }]);
  });
});
