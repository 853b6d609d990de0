import type { Enrollment } from '../../../domain/enrollment.ts';
import type { Placement } from '../../../domain/admission/placement.ts';
import * as z from 'zod/mini';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import { clockPrincipalOf, principalOf, rotationPrincipalOf } from '../../../domain/connection/principal.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { createActivation } from '../../../lambdas/activation/activation.ts';
import { NOON, aCertificate, anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { aCertificateId, aKey, aLine, aSerial } from '../../builders/identifiers.ts';
import { aConnectedEvent, anSqsRecord } from '../../builders/lifecycle-event.ts';
import { aLineSettings } from '../../builders/line-settings.ts';
import { fakeDeviceCloud } from '../../fakes/fake-device-cloud.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { recordedJobExecutions } from '../../fakes/recorded-job-executions.ts';
import { recordedRetirement } from '../../fakes/recorded-retirement.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';

const line = aLine('meter');
const registered = (more: Partial<Enrollment> = {}) => anEnrollment({ line, approach: 'psk', ...more });
const { thingName } = registered();

/** As AWS IoT reports a device that an authorizer let in: no thing is named, and the principal is what the authorizer said. */
const seen = (more: Readonly<Record<string, unknown>> = {}) =>
  aConnectedEvent({ clientId: thingName, thingName: undefined, principalIdentifier: principalOf(thingName), ...more });

const anActivation = async (...enrollments: readonly Enrollment[]) => {
  const store = new InMemoryEnrollmentStore();
  for (const enrollment of enrollments) await store.register(enrollment);
  const audit = recordedAuditLog();
  const cloud = fakeDeviceCloud(audit);
  const jobs = recordedJobExecutions();
  const placed: Omit<Placement, 'policy'>[] = [];
  const state: { isPlacingBroken: boolean; beforePlacing: () => Promise<unknown> } = {
    isPlacingBroken: false,
    beforePlacing: () => Promise.resolve(),
  };
  const placing = {
    register: async (placement: Omit<Placement, 'policy'>) => {
      await state.beforePlacing();
      if (state.isPlacingBroken) throw new Error('AWS IoT is not in the mood');
      placed.push(placement);
    },
  };
  const allocation = [{ when: { market: ['eu'] }, group: 'europe' }];
  const activate = createActivation({
    ...{ store, audit, placing, faults: recordedFaultLog(), retirement: recordedRetirement().retirement, clock: new SimulatedClock(NOON) },
    ...{ ...cloud.ports, groups: cloud.ports.thingGroups, ...resourceNames('muster') },
    ...{ prefix: 'muster', topicPrefix: 'muster', lineSettings: [aLineSettings({ name: line, allocation })], rotations: [] },
    jobExecutions: jobs.jobExecutions,
    clientIdLines: [{ name: line, clientIdPath: 'site/meters' }],
  });
  return {
    ...{ store, cloud, placed, state, events: audit.events, succeeded: jobs.succeeded },
    read: async () => (await store.readMany([thingName]))[0],
    deliver: async (...bodies: readonly unknown[]) => {
      const Records = bodies.map((body, index) => anSqsRecord(body, `message-${index + 1}`));
      return (await activate({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
};

describe('A device that is seen by its authorizer’s word', () => {
  test.each(['registered', 'admitted'] as const)('is active from then on, as it was %s', async (state) => {
    const { deliver, read, events } = await anActivation(registered({ state }));
    expect(await deliver(seen())).toEqual([]);
    expect(await read()).toMatchObject({ state: 'active', version: 2 });
    expect(events).toEqual([
      expect.objectContaining({ id: 'session-1', code: 'device.activated', approach: 'psk', thingName, at: NOON + 60_000 }),
    ]);
  });

  test('has its thing, its place on its line and its tenant’s group before it is active', async () => {
    const { deliver, placed, state, read } = await anActivation(registered({ attributes: { market: 'eu' } }));
    let stateWhenPlaced: string | undefined;
    state.beforePlacing = async () => {
      stateWhenPlaced = (await read())?.state;
    };
    await deliver(seen());
    expect(stateWhenPlaced).toBe('registered');
    expect(placed).toEqual([
      expect.objectContaining({
        ...{ thingName, thingType: 'muster-meter', lineGroup: 'muster-line-meter:europe', groups: ['muster-tenant-acme'] },
        attributes: { tenant: 'acme', approach: 'psk' },
      }),
    ]);
  });

  test('is told by the connection that its last proof opened', async () => {
    const lastProof = { mark: 'mark', connectionId: 'connection-7', keyVersion: 1 };
    const { deliver, events } = await anActivation(registered({ lastProof }));
    await deliver(seen());
    expect(events).toEqual([expect.objectContaining({ correlationId: 'connection-7' })]);
  });

  test('counts once, however often it connects: no write, no call, no event', async () => {
    const { deliver, read, events, placed, cloud } = await anActivation(registered());
    await deliver(seen(), seen({ sessionIdentifier: 'session-2' }), seen());
    await deliver(seen({ sessionIdentifier: 'session-3' }));
    expect([(await read())?.version, events.length, placed.length, cloud.calls.length]).toEqual([2, 1, 1, 0]);
  });

  test('is not active while its thing could not be made, and is with the next delivery', async () => {
    const { deliver, read, state, events } = await anActivation(registered());
    state.isPlacingBroken = true;
    expect(await deliver(seen())).toEqual(['message-1']);
    expect([(await read())?.state, events]).toEqual(['registered', []]);
    state.isPlacingBroken = false;
    expect(await deliver(seen())).toEqual([]);
    expect((await read())?.state).toBe('active');
  });

  test('that was quarantined meanwhile is not active, and is in quarantine', async () => {
    const { deliver, read, state, store, cloud } = await anActivation(registered());
    state.beforePlacing = () => store.replace(registered({ version: 2, state: 'quarantined', quarantinedFrom: 'registered' }));
    expect(await deliver(seen())).toEqual([]);
    expect((await read())?.state).toBe('quarantined');
    expect(cloud.groups.membersOf('muster-quarantine')).toContain(thingName);
  });

  test('keeps the client id of the service that it was made for', async () => {
    const { deliver, read } = await anActivation(registered());
    await deliver(seen({ clientId: 'site/meters/SN-1' }));
    expect(await read()).toMatchObject({ state: 'active', connectsAs: 'site/meters/SN-1' });
  });
});

describe('A connection is nobody’s first', () => {
  test.each([
    ['with another device’s principal', { principalIdentifier: principalOf(registered({ serialNumber: aSerial('SN-2') }).thingName) }],
    ['of one that may only ask what time it is', { principalIdentifier: clockPrincipalOf(thingName) }],
    ['with a principal of nobody', { principalIdentifier: 'a'.repeat(64) }],
    ['under a look-alike of its client id', { clientId: thingName.replace('SN-1', 'sn-1') }],
    ['of a path that is not its line’s', { clientId: 'site/lamps/SN-1' }],
  ])('%s', async (_, more) => {
    const { deliver, read, placed } = await anActivation(registered());
    expect(await deliver(seen(more))).toEqual([]);
    expect([await read(), placed]).toEqual([registered(), []]);
  });

  test('where the device holds a certificate', async () => {
    const holder = registered({ state: 'admitted', boundKey: aKey('device'), certificates: [aCertificate('first')] });
    const { deliver, read } = await anActivation(holder);
    await deliver(seen());
    expect(await read()).toEqual(holder);
  });
});

test('A certificate of the line is seen beside: its device keeps its client id, too', async () => {
  const holder = registered({ state: 'admitted', boundKey: aKey('device'), certificates: [aCertificate('first')] });
  const { deliver, read } = await anActivation(holder);
  await deliver(seen({ thingName, clientId: 'site/meters/SN-1', principalIdentifier: aCertificateId('first') }));
  expect(await read()).toMatchObject({ state: 'active', connectsAs: 'site/meters/SN-1' });
  await deliver(seen({ thingName, clientId: '$GEN/1234', principalIdentifier: aCertificateId('first') }));
  expect(await read()).toMatchObject({ version: 2 });
});

describe('A barred device that its authorizer let in all the same', () => {
  const quarantined = registered({
    ...{ state: 'quarantined', quarantinedFrom: 'active' },
    lastEvent: anEvent({ code: 'device.quarantined', at: NOON }),
  });

  test('may speak of its diagnosis: it is not cut off when it connects', async () => {
    const { deliver, cloud } = await anActivation(quarantined);
    expect(await deliver(seen())).toEqual([]);
    await deliver(seen({ sessionIdentifier: 'session-2' }));
    expect(cloud.calls.filter((call) => call.startsWith('end'))).toEqual([]);
    expect(cloud.groups.membersOf('muster-quarantine')).toContain(thingName);
  });

  test('and may have been judged before the operator’s word must connect again', async () => {
    const { deliver, cloud } = await anActivation(quarantined);
    await deliver(seen({ timestamp: NOON + 2_000 }), seen({ timestamp: NOON + 3_000, clientId: 'site/meters/SN-1' }));
    expect(cloud.calls.filter((call) => call.startsWith('end'))).toEqual([`end ${thingName}`, 'end site/meters/SN-1']);
  });

  test.each(['revoked', 'decommissioned'] as const)('loses its connections when it is %s, whatever they are called', async (state) => {
    const { deliver, cloud, read } = await anActivation(registered({ state }));
    expect(await deliver(seen(), seen({ clientId: 'site/meters/SN-1' }), seen())).toEqual([]);
    expect(cloud.calls).toEqual([`end ${thingName}`, 'end site/meters/SN-1']);
    expect(await read()).toMatchObject({ state });
  });
});

describe('A device that was let in for its former owner, and is seen once it was given away', () => {
  const given = { lastEvent: anEvent({ code: 'device.transferred', at: NOON }) };
  const kept = { lastEvent: anEvent({ code: 'device.transferred-with-proof', at: NOON }) };
  const provenBy = (keyVersion: number) => ({ lastProof: { mark: '1', connectionId: 'c', keyVersion } });

  test.each<[string, Partial<Enrollment>, number]>([
    ['while what it had is being deleted', { isChangingHands: true }, NOON + 60_000],
    ['before it is said what it must prove now', { ...given, awaitsProof: true }, NOON + 60_000],
    ['by a key of that owner’s', { ...given, ...provenBy(2), firstKeyVersion: 10_001 }, NOON + 60_000],
    ['before any key was shown', { ...given, firstKeyVersion: 10_001 }, NOON + 60_000],
    ['about then, though it keeps what it proves itself by', kept, NOON + 9_000],
  ])('%s, is cut off and is not active', async (_, more, timestamp) => {
    const { deliver, cloud, read, placed } = await anActivation(registered(more));
    await deliver(seen({ timestamp }), seen({ timestamp, clientId: 'site/meters/SN-1' }));
    expect(cloud.calls).toEqual([`end ${thingName}`, 'end site/meters/SN-1']);
    expect([(await read())?.state, placed]).toEqual(['registered', []]);
  });

  test.each<[string, Partial<Enrollment>]>([
    ['by a key of its new owner’s', { ...given, ...provenBy(10_002), firstKeyVersion: 10_001 }],
    ['by what it kept, well after', kept],
    ['by what an operator said since', given],
  ])('and comes in since %s, is active', async (_, more) => {
    const { deliver, cloud, read } = await anActivation(registered(more));
    await deliver(seen());
    expect(cloud.calls).toEqual([]);
    expect((await read())?.state).toBe('active');
  });
});

describe('A device that proves what its rotation offered', () => {
  const rotation = { id: z.parse(rotationId, 'muster-meter-1'), startedAt: NOON - 1_000, until: NOON + 1_000, next: { proof: 'newer' } };
  const rotating = registered({ state: 'rotating', requirement: { proof: 'older' }, rotation });

  test('must prove that from then on, and its job has succeeded', async () => {
    const { deliver, read, succeeded } = await anActivation(rotating);
    await deliver(seen({ principalIdentifier: rotationPrincipalOf(thingName, rotation.id) }));
    expect(await read()).toMatchObject({ state: 'active', requirement: { proof: 'newer' } });
    expect(succeeded).toEqual([`${thingName} ${rotation.id}`]);
  });

  test('is still asked when it comes with what it had before', async () => {
    const { deliver, read, succeeded } = await anActivation(rotating);
    await deliver(seen());
    expect(await read()).toEqual(rotating);
    expect(succeeded).toEqual([]);
  });
});
