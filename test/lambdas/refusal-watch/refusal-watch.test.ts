import type { TriggerAction } from '../../../domain/configuration/configuration-triggers.ts';
import type { RefusedPublishes } from '../../../domain/connection/refused-publishes.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { createRefusalWatch } from '../../../lambdas/refusal-watch/refusal-watch.ts';
import { NOON, aCertificate, anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import { aLogDelivery } from '../../builders/log-delivery.ts';
import { fakeDeviceCloud } from '../../fakes/fake-device-cloud.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { InMemoryWatchStore } from '../../fakes/in-memory-watch-store.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';

const [ENOUGH, MINUTE_MS, DAY_MS] = [5, 60_000, 86_400_000];

const active = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({ state: 'active', boundKey: aKey('device'), certificates: [aCertificate('first')], ...more });

const { thingName } = active();

const anEntry = (id: number, { at = NOON + id, ...more }: Readonly<{ at?: number }> & Readonly<Record<string, unknown>> = {}) => ({
  ...{ id: String(id), timestamp: at },
  message: JSON.stringify({
    ...{ eventType: 'Publish-In', status: 'Failure', reason: 'AUTHORIZATION_FAILURE', logLevel: 'ERROR' },
    ...{ clientId: thingName, principalId: aCertificateId('first'), topicName: 'any', ...more },
  }),
});

/** Entries one after the other, a millisecond apart. */
const entries = (count: number, more = {}) => Array.from({ length: count }, (_, index) => anEntry(index, more));

const aWatch = async (enrollment: Enrollment = active(), action: TriggerAction | 'none' = 'alarm') => {
  const store = new InMemoryEnrollmentStore();
  await store.register(enrollment);
  const refusedPublishes = new InMemoryWatchStore<RefusedPublishes>();
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const cloud = fakeDeviceCloud(audit);
  const world = { now: NOON };
  const watch = createRefusalWatch({
    ...{ prefix: 'muster', clientIdLines: [], configuration: parseConfiguration({}, ['pki']), enough: ENOUGH },
    ...{
      store,
      refusedPublishes,
      audit,
      faults,
      clock: { now: () => world.now },
      ...cloud.ports,
      actionOf: () => (action === 'none' ? undefined : action),
    },
  });
  return {
    ...{ world, cloud, refusedPublishes, events: audit.events, faults: faults.faults },
    deliver: (...logEvents: readonly object[]) => watch(aLogDelivery(logEvents)),
    watch,
    version: () => refusedPublishes.items.get(thingName)?.version,
    read: async () => (await store.readMany([thingName]))[0],
  };
};

describe('A device that publishes what it may not', () => {
  test('is told when it has done so often enough, on record with its certificate, and rings once a day', async () => {
    const { deliver, events, read, world, version } = await aWatch();
    await deliver(...entries(ENOUGH - 1));
    expect(events).toEqual([]);
    await deliver(anEntry(7));
    expect(events).toEqual([
      expect.objectContaining({
        code: 'device.publishes-refused',
        actor: { kind: 'service', name: 'refusal-watch' },
        ...{ line: 'sensor', serialNumber: 'SN-1', thingName, certificateId: aCertificateId('first') },
      }),
    ]);
    for (let id = 10; id < 100; id += 1) await deliver(anEntry(id));
    expect(version()).toBe(2);
    expect(await read()).toEqual(active());
    world.now += DAY_MS;
    await deliver(...Array.from({ length: ENOUGH }, (_, index) => anEntry(200 + index, { at: world.now })));
    expect(events).toHaveLength(2);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });

  test('costs one write, however much it tries within a delivery', async () => {
    const { deliver, refusedPublishes, version } = await aWatch();
    await deliver(...entries(5_000));
    expect(version()).toBe(1);
    expect(refusedPublishes.items.get(thingName)?.seen).toHaveLength(ENOUGH);
  });

  test('is cut off where its line says so, as an operator would do it', async () => {
    const { deliver, events, read, cloud } = await aWatch(active(), 'quarantine');
    await deliver(...entries(ENOUGH));
    expect(await read()).toMatchObject({ state: 'quarantined', quarantinedFrom: 'active' });
    expect(cloud.calls).toEqual(['add to muster-quarantine', `end ${thingName}`]);
    expect(events.map(({ code }) => code)).toEqual(['device.publishes-refused', 'device.quarantined']);
    expect(events[1]).toMatchObject({ actor: { kind: 'service', name: 'refusal-watch' } });
    await deliver(...entries(ENOUGH));
    expect(events).toHaveLength(2);
  });

  test('is cut off in the end where that broke off', async () => {
    for (const failing of ['add to muster-quarantine', `end ${thingName}`]) {
      const { deliver, cloud, events, faults } = await aWatch(active(), 'quarantine');
      cloud.state.failing = failing;
      await expect(deliver(...entries(ENOUGH))).rejects.toThrow('could not be looked after');
      expect(faults).toHaveLength(1);
      cloud.state.failing = undefined;
      await deliver(...entries(ENOUGH));
      expect(cloud.groups.membersOf('muster-quarantine')).toEqual(new Set([thingName]));
      expect(cloud.calls.at(-1)).toBe(`end ${thingName}`);
      expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    }
  });

  test.each(['quarantined', 'revoked', 'decommissioned'] as const)('is no news while it is %s', async (state) => {
    const barred = active({ state, ...(state === 'quarantined' ? { quarantinedFrom: 'active' } : {}) });
    const { deliver, events, refusedPublishes } = await aWatch(barred, 'quarantine');
    await deliver(...entries(ENOUGH));
    expect([events.length, refusedPublishes.items.size]).toEqual([0, 0]);
  });

  test('is not to blame while AWS IoT goes by what it might do before an operator released it', async () => {
    const lastEvent = anEvent({ id: 'released', at: NOON, code: 'device.released' });
    const { deliver, events } = await aWatch(active({ lastEvent }), 'quarantine');
    await deliver(...entries(ENOUGH));
    expect(events).toEqual([]);
    await deliver(...entries(ENOUGH, { at: NOON + 11 * MINUTE_MS }));
    expect(events.map(({ code }) => code)).toEqual(['device.publishes-refused', 'device.quarantined']);
  });
});

describe('What the log of AWS IoT says', () => {
  test('counts once, however often and in which order it comes', async () => {
    const { deliver, events } = await aWatch();
    const known = entries(ENOUGH - 1).toReversed();
    for (const one of [...known, ...known, ...known]) await deliver(one, one);
    expect(events).toEqual([]);
  });

  test('counts for five minutes', async () => {
    const { deliver, events } = await aWatch();
    for (let minute = 0; minute < 30; minute += 2) await deliver(anEntry(minute, { at: NOON + minute * MINUTE_MS }));
    await deliver(anEntry(31, { at: NOON }), anEntry(32, { at: NOON }), anEntry(33, { at: NOON }), anEntry(34, { at: NOON }));
    expect(events).toEqual([]);
  });

  test.each([
    ['another credential', { principalId: aCertificateId('another') }],
    ['somebody else', { clientId: 'console' }],
    ['a claim', { clientId: 'muster-claim-sensor-1' }],
    ['a thing that nobody enrolled', { clientId: 'muster:sensor:SN-2' }],
    ['a name that is none', { clientId: 'muster:sensor:{"$gt":""}\n' }],
    ['a client without a name', { clientId: 7 }],
    ['messages that were taken', { status: 'Success' }],
    ['messages that were too many', { reason: 'THROTTLED' }],
    ['subscriptions', { eventType: 'Subscribe' }],
  ])('is nothing where it is of %s', async (_, more) => {
    const { deliver, events, refusedPublishes } = await aWatch();
    await deliver(...entries(ENOUGH, more));
    expect([events.length, refusedPublishes.items.size]).toEqual([0, 0]);
  });

  test('is nothing on a line that does not want it', async () => {
    const { deliver, events, refusedPublishes } = await aWatch(active(), 'none');
    await deliver(...entries(ENOUGH));
    expect([events.length, refusedPublishes.items.size]).toEqual([0, 0]);
  });

  test('is passed over where it is no entry, and does not hold up the others', async () => {
    const { deliver, events } = await aWatch();
    await deliver({ id: '90', timestamp: NOON, message: 'hello' }, { id: '91', timestamp: NOON, message: '[1]' }, ...entries(ENOUGH));
    expect(events).toHaveLength(1);
  });

  test('is nothing where CloudWatch Logs only looks whether anybody is there', async () => {
    const { watch, events } = await aWatch();
    await watch(aLogDelivery(entries(ENOUGH), 'CONTROL_MESSAGE'));
    expect(events).toEqual([]);
  });
});
