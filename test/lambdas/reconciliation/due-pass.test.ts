import { RemoveThingFromThingGroupCommand } from '@aws-sdk/client-iot';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import { anEvent } from '../../builders/enrollment.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import {
  DAY_MS,
  HOUR_MS,
  aCertificateAtIot,
  aFleet,
  inShort,
  names,
  quarantineThing,
  startReconciliationWorld,
  statusOf,
} from './reconciliation-world.ts';

let world: Awaited<ReturnType<typeof startReconciliationWorld>>;
beforeAll(async () => {
  world = await startReconciliationWorld();
});
afterAll(() => world.stop());

let serials = 0;
const aSerialNumber = () => `DUE-${(serials += 1)}`;

describe('Reconciliation of what was changed', () => {
  test('finds nothing wrong with a device as it should be, and does not look at it again', async () => {
    const fleet = await aFleet(world);
    await fleet.enroll(aSerialNumber());
    expect(inShort(await fleet.runAfter())).toEqual([]);
    world.sent.length = 0;
    await fleet.runAfter(30 * DAY_MS, {
      progress: { read: () => Promise.resolve({ notBefore: Infinity }), write: () => Promise.resolve() },
    });
    expect(world.sent).toEqual([]);
  });

  test('leaves alone what was changed a moment ago', async () => {
    const fleet = await aFleet(world);
    await fleet.enroll(aSerialNumber(), () => ({ toRetire: [aCertificateId('old')] }));
    expect(inShort(await fleet.runAfter(9 * 60_000))).toEqual([]);
  });

  test('works off a list of certificates to retire that somebody left, and the second run finds nothing', async () => {
    const fleet = await aFleet(world);
    const old = await aCertificateAtIot(world);
    const { thing, certificate } = await fleet.enroll(aSerialNumber(), (id) => ({
      certificates: [id, old].map((each) => ({ id: each, key: aKey('device'), issuedAt: fleet.time.now })),
      toRetire: [old],
    }));
    const told = ['certificate.retired', 'reconciliation.repaired retirement-left-undone'];
    expect(inShort(await fleet.runAfter())).toEqual(told);
    expect([await statusOf(world, old), await statusOf(world, certificate)]).toEqual(['GONE', 'ACTIVE']);
    expect(await fleet.store.readMany([thing])).toMatchObject([{ toRetire: [], certificates: [{ id: certificate }], version: 2 }]);
    // Whose event was recorded but not logged, in this world: it is emitted once more, and then nothing.
    await fleet.logEvent(fleet.audit.events.find(({ code }) => code === 'certificate.retired') ?? anEvent());
    expect(inShort(await fleet.runAfter())).toEqual([]);
    expect(inShort(await fleet.runAfter())).toEqual([]);
  });

  test('revokes, and does not delete, what is left of a device that was shut out', async () => {
    const fleet = await aFleet(world);
    const { certificate } = await fleet.enroll(aSerialNumber(), (id) => ({ state: 'revoked', toRetire: [id] }));
    await fleet.runAfter();
    expect(await statusOf(world, certificate)).toBe('REVOKED');
  });

  test('leaves nothing of what is left of a device that was decommissioned', async () => {
    const fleet = await aFleet(world);
    const old = await aCertificateAtIot(world);
    const certificates = [{ id: old, key: aKey('device'), issuedAt: fleet.time.now }];
    await fleet.enroll(aSerialNumber(), () => ({ state: 'decommissioned', certificates, toRetire: [old] }));
    await fleet.runAfter();
    expect(await statusOf(world, old)).toBe('GONE');
  });

  test('revokes a certificate of a revoked device that somebody activated again', async () => {
    const fleet = await aFleet(world);
    const { certificate } = await fleet.enroll(aSerialNumber(), () => ({ state: 'revoked', certificates: [] }));
    expect(inShort(await fleet.runAfter())).toEqual(['reconciliation.repaired barred-certificate-active']);
    expect(await statusOf(world, certificate)).toBe('REVOKED');
  });

  test('puts a quarantined device back into its group', async () => {
    const fleet = await aFleet(world);
    const { thing } = await fleet.enroll(aSerialNumber(), () => ({ state: 'quarantined', quarantinedFrom: 'active' }));
    await quarantineThing(world, thing);
    await world.iot.send(new RemoveThingFromThingGroupCommand({ thingName: thing, thingGroupName: names.quarantineGroup }));
    expect(inShort(await fleet.runAfter())).toEqual(['reconciliation.repaired outside-quarantine']);
    expect(await fleet.props.thingGroups.isIn(thing, names.quarantineGroup)).toBe(true);
  });

  test('tells of a certificate that nobody admitted, once a day, and leaves it to a person', async () => {
    const fleet = await aFleet(world);
    const { thing } = await fleet.enroll(aSerialNumber());
    const foreign = await aCertificateAtIot(world, { thing });
    const [first] = await fleet.runAfter();
    expect(first).toMatchObject({
      code: 'reconciliation.found',
      finding: 'unrecorded-certificate',
      certificateId: foreign,
      thingName: thing,
    });
    expect(await statusOf(world, foreign)).toBe('ACTIVE');
    const quiet = { progress: { read: () => Promise.resolve({ notBefore: Infinity }), write: () => Promise.resolve() } };
    expect(await fleet.runAfter(HOUR_MS, quiet)).toEqual([]);
    const [again] = await fleet.runAfter(DAY_MS, quiet);
    expect(again?.id).toBe(first?.id);
  });

  test.each(['admitted', 'pending', 'rotating'] as const)('F11: tells of a device that is %s for a week', async (state) => {
    const fleet = await aFleet(world);
    await fleet.enroll(aSerialNumber(), () => ({ state }));
    const quiet = { progress: { read: () => Promise.resolve({ notBefore: Infinity }), write: () => Promise.resolve() } };
    expect(inShort(await fleet.runAfter(HOUR_MS, quiet))).toEqual([]);
    expect(inShort(await fleet.runAfter(7 * DAY_MS, quiet))).toEqual(['reconciliation.found stale-state']);
  });

  test('tells of two certificates of which the newer is not used, once their grace is over', async () => {
    const fleet = await aFleet(world);
    const newer = await aCertificateAtIot(world);
    await fleet.enroll(aSerialNumber(), (id) => ({
      certificates: [id, newer].map((each, index) => ({ id: each, key: aKey('device'), issuedAt: fleet.time.now + index })),
    }));
    const quiet = { progress: { read: () => Promise.resolve({ notBefore: Infinity }), write: () => Promise.resolve() } };
    expect(inShort(await fleet.runAfter(HOUR_MS, quiet))).toEqual([]);
    expect(inShort(await fleet.runAfter(7 * DAY_MS, quiet))).toEqual(['reconciliation.found two-certificates-active']);
    expect(await statusOf(world, newer)).toBe('ACTIVE');
  });

  test('emits an event that was never emitted, under its own id', async () => {
    const fleet = await aFleet(world);
    const serial = aSerialNumber();
    const lost = anEvent({ id: `lost-${serial}`, at: fleet.time.now, code: 'device.activated' });
    const { enrollment } = await fleet.enroll(serial);
    await fleet.store.replace({ ...enrollment, version: 2, lastEvent: lost });
    const [emitted, repaired] = await fleet.runAfter();
    expect(emitted).toEqual(lost);
    expect(repaired).toMatchObject({ code: 'reconciliation.repaired', finding: 'event-never-emitted' });
    expect(await fleet.runAfter()).toEqual([]);
  });

  test.each([
    ['cannot be read', () => Promise.reject(new Error('the log is away'))],
    ['is too long to be read to its end', (events: readonly AuditEvent[]) => Promise.resolve({ missing: [], unknown: events })],
  ])('looks for an event again where the log %s', async (_what, seek) => {
    const fleet = await aFleet(world);
    const serial = aSerialNumber();
    const { enrollment } = await fleet.enroll(serial);
    const lost = anEvent({ id: `lost-${serial}`, at: fleet.time.now, code: 'device.activated' });
    await fleet.store.replace({ ...enrollment, version: 2, lastEvent: lost });
    expect(await fleet.runAfter(HOUR_MS, { emitted: { seek } })).toEqual([]);
    expect(await fleet.runAfter(HOUR_MS)).toEqual(expect.arrayContaining([lost]));
    expect(await fleet.runAfter(HOUR_MS)).toEqual([]);
  });

  test('F11: tries again what failed, and finishes what a run that died left behind', async () => {
    const fleet = await aFleet(world);
    const old = await aCertificateAtIot(world);
    const { thing } = await fleet.enroll(aSerialNumber(), (id) => ({
      certificates: [id, old].map((each) => ({ id: each, key: aKey('device'), issuedAt: fleet.time.now })),
      toRetire: [old],
    }));
    // The certificate is gone from AWS IoT, and the power with it: the record is as it was.
    const replace = () => Promise.reject(new Error('the power failed'));
    expect(inShort(await fleet.runAfter(HOUR_MS, { store: { ...fleet.store, replace } }))).toEqual([]);
    expect(fleet.faults.faults).toHaveLength(1);
    expect(await fleet.store.readMany([thing])).toMatchObject([{ toRetire: [old] }]);
    expect(inShort(await fleet.runAfter())).toContain('reconciliation.repaired retirement-left-undone');
    expect(await fleet.store.readMany([thing])).toMatchObject([{ toRetire: [] }]);
  });

  test('F16: leaves to the next run what it had no time for', async () => {
    const fleet = await aFleet(world);
    const quarantined = () => ({ state: 'quarantined' as const, quarantinedFrom: 'active' as const });
    for (let count = 0; count < 3; count += 1) await fleet.enroll(aSerialNumber(), quarantined);
    // Each device takes four minutes: the third has no time.
    const clock = {
      now: () => fleet.time.now,
      pause: () => {
        fleet.time.now += 4 * 60_000 + 60_001;
        return Promise.resolve();
      },
    };
    expect(await fleet.runAfter(HOUR_MS, { clock })).toHaveLength(2);
    expect(await fleet.runAfter()).toHaveLength(1);
  });
});

describe('The cost of a run', () => {
  test('grows with what was changed, and not with the fleet', async () => {
    const fleet = await aFleet(world);
    for (let count = 0; count < 20; count += 1) await fleet.enroll(aSerialNumber());
    const quiet = { progress: { read: () => Promise.resolve({ notBefore: Infinity }), write: () => Promise.resolve() } };
    await fleet.runAfter(HOUR_MS, quiet);
    const changed = await fleet.enroll(aSerialNumber());
    world.sent.length = 0;
    world.dynamoDb.takeSent();
    await fleet.runAfter(HOUR_MS, quiet);
    expect(world.sent.toSorted()).toEqual(['DescribeCertificateCommand', 'FilterLogEventsCommand', 'ListThingPrincipalsCommand']);
    expect(world.dynamoDb.takeSent()).toEqual(['QueryCommand', 'BatchGetItemCommand', 'UpdateItemCommand']);
    await fleet.runAfter(HOUR_MS, quiet);
    expect(world.dynamoDb.takeSent()).toEqual(['QueryCommand']);
    expect(await statusOf(world, changed.certificate)).toBe('ACTIVE');
  });
});
