import type { TriggerAction } from '../../../domain/configuration/configuration-triggers.ts';
import type { HeldConnection, TakeOvers } from '../../../domain/connection/take-overs.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { createCloneWatch } from '../../../lambdas/clone-watch/clone-watch.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import { anSqsRecord } from '../../builders/lifecycle-event.ts';
import { fakeDeviceCloud } from '../../fakes/fake-device-cloud.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { InMemoryWatchStore } from '../../fakes/in-memory-watch-store.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';

const DAY_MS = 86_400_000;

const active = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({ state: 'active', boundKey: aKey('device'), certificates: [aCertificate('first')], ...more });

const { thingName } = active();

const aTakeOver = (more: object = {}) => ({ clientId: thingName, principalIdentifier: aCertificateId('first'), ...more });

const aWatch = async (enrollment: Enrollment = active(), action: TriggerAction = 'alarm') => {
  const store = new InMemoryEnrollmentStore();
  await store.register(enrollment);
  const takeOvers = new InMemoryWatchStore<TakeOvers>();
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const cloud = fakeDeviceCloud(audit);
  const looks: string[] = [];
  const world: { holder: HeldConnection | undefined; failing: boolean; now: number } = { holder: undefined, failing: false, now: NOON };
  const watch = createCloneWatch({
    ...{ prefix: 'muster', clientIdLines: [], configuration: parseConfiguration({}, ['pki']) },
    ...{ store, takeOvers, audit, faults, clock: { now: () => world.now }, ...cloud.ports, actionOf: () => action },
    connections: {
      holderOf: (clientId) => {
        looks.push(clientId);
        return world.failing ? Promise.reject(new Error('throttled')) : Promise.resolve(world.holder);
      },
    },
  });
  const deliver = async (...bodies: readonly unknown[]) => {
    const Records = bodies.map((body, index) => anSqsRecord(body, `message-${index + 1}`));
    return (await watch({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  let at = NOON;
  return {
    ...{ deliver, world, cloud, takeOvers, store, looks, events: audit.events, faults: faults.faults },
    read: async () => (await store.readMany([thingName]))[0],
    /** One take-over after the other, each heard at once, by the addresses that the letters stand for. */
    takeTurns: async (letters: string) => {
      for (const address of letters) {
        at += 1_000;
        world.holder = { since: at, address };
        expect(await deliver(aTakeOver())).toEqual([]);
      }
    },
  };
};

describe('F32: A certificate that two devices use', () => {
  test('is told after five connections, on record with device and certificate, and rings once a day', async () => {
    const { takeTurns, events, read, world } = await aWatch();
    await takeTurns('ABAB');
    expect(events).toEqual([]);
    await takeTurns('A');
    expect(events).toEqual([
      expect.objectContaining({
        code: 'device.clone-suspected',
        actor: { kind: 'service', name: 'clone-watch' },
        ...{ line: 'sensor', tenant: 'acme', serialNumber: 'SN-1', thingName, certificateId: aCertificateId('first') },
      }),
    ]);
    await takeTurns('BABABAB');
    expect(events).toHaveLength(1);
    expect(await read()).toEqual(active());
    world.now += DAY_MS;
    await takeTurns('AB');
    expect(events.map(({ id }) => id)).toEqual([...new Set(events.map(({ id }) => id))]);
    expect(events).toHaveLength(2);
  });

  test('is cut off where the line says so, as an operator would do it, and stays where an operator put it', async () => {
    const { takeTurns, events, read, cloud } = await aWatch(active(), 'quarantine');
    await takeTurns('ABABA');
    expect(await read()).toMatchObject({ state: 'quarantined', quarantinedFrom: 'active' });
    expect(cloud.calls).toEqual(['add to muster-quarantine', `end ${thingName}`]);
    expect(events.map(({ code }) => code)).toEqual(['device.clone-suspected', 'device.quarantined']);
    expect(events[1]).toMatchObject({
      actor: { kind: 'service', name: 'clone-watch' },
      note: expect.stringContaining('two addresses') as unknown,
    });
    await takeTurns('BABA');
    expect(events).toHaveLength(2);
  });

  test.each(['quarantined', 'revoked', 'decommissioned'] as const)('is no news of a device that is %s', async (state) => {
    const barred = active({ state, ...(state === 'quarantined' ? { quarantinedFrom: 'active' } : {}) });
    const { takeTurns, events, read } = await aWatch(barred, 'quarantine');
    await takeTurns('ABABA');
    expect(events).toEqual([]);
    expect(await read()).toEqual(barred);
  });
});

describe('A take-over', () => {
  test('is looked at once, however often a batch tells it', async () => {
    const { deliver, looks, world } = await aWatch();
    world.holder = { since: NOON, address: 'A' };
    await deliver(aTakeOver(), aTakeOver(), aTakeOver());
    expect(looks).toEqual([thingName]);
  });

  test('is forgotten where nobody holds the client id any more', async () => {
    const { deliver, takeOvers } = await aWatch();
    expect(await deliver(aTakeOver())).toEqual([]);
    expect(takeOvers.items.size).toBe(0);
  });

  test('of whom nobody knows is not told', async () => {
    const { takeTurns, events } = await aWatch(
      active({ serialNumber: 'SN-2' as Enrollment['serialNumber'], thingName: 'muster:sensor:SN-2' as Enrollment['thingName'] }),
    );
    await takeTurns('ABABABA');
    expect(events).toEqual([]);
  });

  test('comes back where AWS IoT could not be asked, and holds up no other', async () => {
    const { deliver, world, faults } = await aWatch();
    world.failing = true;
    expect(await deliver(aTakeOver(), 'hello', { clientId: 'console' })).toEqual(['message-2', 'message-3', 'message-1']);
    expect(faults).toHaveLength(1);
  });

  test('of clients that are none of ours is nothing', async () => {
    const { deliver, looks } = await aWatch();
    expect(await deliver(aTakeOver({ clientId: 'console' }), aTakeOver({ clientId: 'muster-claim-sensor-1' }))).toEqual([]);
    expect(looks).toEqual([]);
  });
});

describe('A suspicion that broke off', () => {
  test('is acted on again, under the same name, and ends in the same', async () => {
    for (const failing of ['add to muster-quarantine', `end ${thingName}`]) {
      const { takeTurns, deliver, world, cloud, events, read } = await aWatch(active(), 'quarantine');
      await takeTurns('ABAB');
      cloud.state.failing = failing;
      world.holder = { since: NOON + 60_000, address: 'A' };
      expect(await deliver(aTakeOver())).toEqual(['message-1']);
      cloud.state.failing = undefined;
      expect(await deliver(aTakeOver())).toEqual([]);
      expect(await read()).toMatchObject({ state: 'quarantined' });
      expect(cloud.groups.membersOf('muster-quarantine')).toEqual(new Set([thingName]));
      expect(cloud.calls.at(-1)).toBe(`end ${thingName}`);
      expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    }
  });
});
