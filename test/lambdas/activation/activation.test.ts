import type { Enrollment } from '../../../domain/enrollment.ts';
import * as z from 'zod/mini';
import type { EnrollmentStore } from '../../../domain/ports.ts';
import { rotationSettings } from '../../../domain/rotation/rotation-settings.ts';
import { POLICY_PROPAGATION_MS } from '../../../domain/policy-propagation.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { type ActivationProps, createActivation } from '../../../lambdas/activation/activation.ts';
import { NOON, aCertificate, anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aCertificateId, aKey, aSerial } from '../../builders/identifiers.ts';
import { aConnectedEvent, anSqsRecord } from '../../builders/lifecycle-event.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { entranceCloud } from '../../fakes/entrance-cloud.ts';
import { fakeDeviceCloud } from '../../fakes/fake-device-cloud.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { recordedJobExecutions } from '../../fakes/recorded-job-executions.ts';
import { recordedRetirement } from '../../fakes/recorded-retirement.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';

const admitted = (more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    state: 'admitted',
    boundKey: aKey('device'),
    certificates: [aCertificate('first')],
    lastEvent: anEvent({ code: 'admission.granted', correlationId: CLIENT_ID }),
    ...more,
  });

const { thingName } = admitted();

const anActivation = async (
  enrollments: readonly Enrollment[],
  more: (store: InMemoryEnrollmentStore) => Partial<ActivationProps> = () => ({}),
) => {
  const store = new InMemoryEnrollmentStore();
  for (const enrollment of enrollments) await store.register(enrollment);
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const { retirement, retired, state } = recordedRetirement();
  const cloud = fakeDeviceCloud(audit);
  const activate = createActivation({
    ...{ store, retirement, audit, faults, clock: new SimulatedClock(NOON) },
    ...{ ...cloud.ports, groups: cloud.ports.thingGroups, ...resourceNames('muster') },
    ...{ prefix: 'muster', topicPrefix: 'muster', lineSettings: [], rotations: [], clientIdLines: [], placing: entranceCloud().placing },
    jobExecutions: recordedJobExecutions().jobExecutions,
    ...more(store),
  });
  return {
    retirementState: state,
    cloud,
    retired,
    events: audit.events,
    faults: faults.faults,
    read: async (thing = thingName) => (await store.readMany([thing]))[0],
    /** Hands over one message per body; gives back the ids of those that failed. */
    deliver: async (...bodies: readonly unknown[]) => {
      const Records = bodies.map((body, index) => anSqsRecord(body, `message-${index + 1}`));
      return (await activate({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
  };
};

describe('A connection with a certificate of the bound key', () => {
  test('activates the enrollment, and is on record', async () => {
    const { deliver, read, events } = await anActivation([admitted()]);
    expect(await deliver(aConnectedEvent())).toEqual([]);
    expect(await read()).toMatchObject({ state: 'active', certificateInUse: aCertificateId('first') });
    expect(events).toEqual([expect.objectContaining({ id: 'session-1', code: 'device.activated', correlationId: CLIENT_ID })]);
  });

  test('notes when its credential is to be replaced, where its line rotates', async () => {
    const settings = z.parse(rotationSettings, { everyDays: 10, jitter: 0 });
    const { deliver, read } = await anActivation([admitted()], () => ({ rotations: [{ line: admitted().line, settings }] }));
    await deliver(aConnectedEvent());
    expect(await read()).toMatchObject({ state: 'active', credentialSince: NOON, rotateAt: NOON + 10 * 86_400_000 });
  });

  test('retires the older certificates, and only then', async () => {
    const { deliver, read, retired, events } = await anActivation([
      admitted({ certificates: [aCertificate('lost'), aCertificate('first')] }),
    ]);
    await deliver(aConnectedEvent());
    expect(retired).toEqual([aCertificateId('lost')]);
    expect(await read()).toMatchObject({ toRetire: [], certificates: [{ id: aCertificateId('first') }] });
    expect(events.map(({ code }) => code)).toEqual(['device.activated', 'certificate.retired']);
  });

  test('counts once, however often it is delivered', async () => {
    const { deliver, read, events } = await anActivation([admitted()]);
    await deliver(aConnectedEvent(), aConnectedEvent(), aConnectedEvent());
    await deliver(aConnectedEvent());
    expect(events).toHaveLength(1);
    expect((await read())?.version).toBe(2);
  });

  test('is told by the client id where the event names no thing', async () => {
    const { deliver, read } = await anActivation([admitted()]);
    await deliver(aConnectedEvent({ thingName: undefined }));
    expect((await read())?.state).toBe('active');
  });
});

describe('A connection changes nothing', () => {
  test.each([
    ['of a thing that is not enrolled', { thingName: 'muster:sensor:stranger' }],
    ["with a certificate that is not the enrollment's", { principalIdentifier: aCertificateId('stranger') }],
    ['of an IAM principal', { principalIdentifier: 'AIDAEXAMPLE:session' }],
    ['under a name that no thing has', { thingName: undefined, clientId: 'console/1' }],
  ])('%s', async (_, change) => {
    const { deliver, read, events } = await anActivation([admitted()]);
    expect(await deliver(aConnectedEvent(change))).toEqual([]);
    expect(await read()).toEqual(admitted());
    expect(events).toEqual([]);
  });
});

describe('A message that is no lifecycle event', () => {
  test.each([
    ['text', 'hello'],
    ['half an event', { clientId: 'a' }],
    ['a list', [aConnectedEvent()]],
    ['an event with a time in words', aConnectedEvent({ timestamp: 'noon' })],
  ])('goes back to the queue, and holds up no other: %s', async (_, body) => {
    const { deliver, read } = await anActivation([admitted()]);
    expect(await deliver(body, aConnectedEvent())).toEqual(['message-1']);
    expect((await read())?.state).toBe('active');
  });
});

describe('A certificate that could not be retired', () => {
  const enrollment = admitted({ certificates: [aCertificate('lost'), aCertificate('first')] });

  test('fails the messages of its thing and of no other, and stays on the list', async () => {
    const other = admitted({ serialNumber: aSerial('SN-2') });
    const { deliver, read, retirementState, faults } = await anActivation([enrollment, other]);
    retirementState.fails = true;
    const failed = await deliver(aConnectedEvent(), aConnectedEvent({ thingName: other.thingName }), aConnectedEvent());
    expect(failed).toEqual(['message-1', 'message-3']);
    expect(await read()).toMatchObject({ state: 'active', toRetire: [aCertificateId('lost')] });
    expect(faults).toHaveLength(1);
  });

  test('is retired by whoever finds it: the message delivered again, or the next connection', async () => {
    const { deliver, read, retirementState, retired } = await anActivation([enrollment]);
    retirementState.fails = true;
    await deliver(aConnectedEvent());
    retirementState.fails = false;
    expect(await deliver(aConnectedEvent({ sessionIdentifier: 'session-2' }))).toEqual([]);
    expect(retired).toEqual([aCertificateId('lost')]);
    expect(await read()).toMatchObject({ toRetire: [] });
  });

  test('and was retired but not struck off is retired again, under the same id', async () => {
    const half = { ...enrollment, state: 'active' as const, certificateInUse: aCertificateId('first'), toRetire: [aCertificateId('lost')] };
    const runs = await Promise.all([anActivation([half]), anActivation([half])]);
    for (const { deliver } of runs) await deliver(aConnectedEvent());
    const ids = runs.flatMap(({ events }) => events.map(({ id }) => id));
    expect(new Set(ids)).toEqual(new Set([`retired-${aCertificateId('lost')}`]));
  });
});

describe('Where another writer is faster', () => {
  const overtaken = (times: number) => (store: InMemoryEnrollmentStore) => {
    let left = times;
    const replace: EnrollmentStore['replace'] = async (next) => {
      if (left > 0) {
        left -= 1;
        const [current] = await store.readMany([next.thingName]);
        if (current !== undefined) await store.replace({ ...current, version: current.version + 1 });
      }
      return store.replace(next);
    };
    return { store: { replace, readMany: (things: Parameters<EnrollmentStore['readMany']>[0]) => store.readMany(things) } };
  };

  test('all is decided again from what that one wrote', async () => {
    const { deliver, read } = await anActivation([admitted()], overtaken(2));
    expect(await deliver(aConnectedEvent())).toEqual([]);
    expect(await read()).toMatchObject({ state: 'active', version: 4 });
  });

  test('every time, the messages return to the queue', async () => {
    const { deliver, faults } = await anActivation([admitted()], overtaken(100));
    expect(await deliver(aConnectedEvent())).toEqual(['message-1']);
    expect(faults).toEqual([expect.objectContaining({ code: 'ERR_CONTENTION' })]);
  });
});

describe('F2: The probation of a device that has proven more than its serial number', () => {
  const proven = admitted({ onProbation: false });

  test('ends when it is seen: it leaves the group in which its thing began', async () => {
    const { deliver, cloud, read } = await anActivation([proven]);
    expect(await deliver(aConnectedEvent())).toEqual([]);
    expect(cloud.calls).toEqual(['remove from muster-probation']);
    expect(await read()).toMatchObject({ state: 'active' });
  });

  test('is not over before it has left: what AWS IoT did not do is done with the next delivery', async () => {
    const { deliver, cloud, read } = await anActivation([proven]);
    cloud.state.failing = 'remove from muster-probation';
    expect(await deliver(aConnectedEvent())).toEqual(['message-1']);
    expect(await read()).toMatchObject({ state: 'admitted' });
    cloud.state.failing = undefined;
    expect(await deliver(aConnectedEvent())).toEqual([]);
    expect(cloud.calls).toEqual(['remove from muster-probation', 'remove from muster-probation']);
    expect(await read()).toMatchObject({ state: 'active' });
  });

  test('costs nothing when it connects again', async () => {
    const { deliver, cloud } = await anActivation([{ ...proven, state: 'active', certificateInUse: aCertificateId('first') }]);
    await deliver(aConnectedEvent());
    expect(cloud.calls).toEqual([]);
  });

  test.each([
    ['still on it', admitted({ onProbation: true })],
    ['of a line that knows none', admitted()],
  ])('is not touched for a device %s', async (_, enrollment) => {
    const { deliver, cloud } = await anActivation([enrollment]);
    await deliver(aConnectedEvent());
    expect(cloud.calls).toEqual([]);
  });
});

describe('A device that is barred and came in all the same', () => {
  const END = `end ${thingName}`;
  const quarantined = (at: number) =>
    admitted({ state: 'quarantined', quarantinedFrom: 'admitted', lastEvent: anEvent({ code: 'device.quarantined', at }) });
  const lately = quarantined(NOON);
  /** Seen when the policy of quarantine binds everyone. */
  const afterPropagation = { timestamp: NOON + POLICY_PROPAGATION_MS };

  test('is put into quarantine and must connect again, however late it is found not to be in there', async () => {
    const { deliver, cloud } = await anActivation([lately]);
    expect(await deliver(aConnectedEvent(afterPropagation))).toEqual([]);
    expect(cloud.calls).toEqual(['look into muster-quarantine', 'add to muster-quarantine', END]);
    expect(cloud.groups.membersOf('muster-quarantine')).toContain(thingName);
  });

  test('is cut off each time it connects while AWS IoT may not know of its quarantine: one call a sighting, and no write', async () => {
    const { deliver, cloud, read } = await anActivation([lately]);
    cloud.groups.membersOf('muster-quarantine').add(thingName);
    await deliver(aConnectedEvent());
    await deliver(aConnectedEvent({ timestamp: NOON + POLICY_PROPAGATION_MS - 1 }));
    expect(cloud.calls).toEqual([END, 'look into muster-quarantine', END, 'look into muster-quarantine']);
    expect(await read()).toEqual(lately);
  });

  test('is left to speak of its diagnosis once the policy binds it', async () => {
    const { deliver, cloud } = await anActivation([lately]);
    cloud.groups.membersOf('muster-quarantine').add(thingName);
    await deliver(aConnectedEvent(afterPropagation));
    expect(cloud.calls).toEqual(['look into muster-quarantine']);
  });

  test('is cut off though its group cannot be looked up, and again when the message returns', async () => {
    const { deliver, cloud } = await anActivation([lately]);
    cloud.state.failing = 'look into muster-quarantine';
    expect(await deliver(aConnectedEvent())).toEqual(['message-1']);
    expect(cloud.calls).toEqual([END, 'look into muster-quarantine']);
  });

  test('loses its certificate and its connection whenever it is seen, where quarantine leaves it nothing', async () => {
    const { deliver, cloud } = await anActivation([{ ...lately, quarantineLeavesNothing: true }]);
    cloud.groups.membersOf('muster-quarantine').add(thingName);
    cloud.certificates.set(aCertificateId('first'), 'ACTIVE');
    expect(await deliver(aConnectedEvent(afterPropagation))).toEqual([]);
    expect(cloud.calls).toEqual([END, 'look into muster-quarantine', `deactivate ${aCertificateId('first').slice(0, 8)}`]);
    expect(cloud.certificates.get(aCertificateId('first'))).toBe('INACTIVE');
  });

  test('is cut off by the client id that it used', async () => {
    const { deliver, cloud } = await anActivation([admitted({ state: 'revoked' })]);
    await deliver(aConnectedEvent({ clientId: 'another/service/SN-1' }));
    expect(cloud.calls.at(-1)).toBe('end another/service/SN-1');
  });

  test('has the certificates of its list revoked, not deleted, when the command broke off', async () => {
    const { deliver, cloud, retired, read } = await anActivation([admitted({ state: 'revoked', toRetire: [aCertificateId('first')] })]);
    expect(await deliver(aConnectedEvent())).toEqual([]);
    expect([cloud.certificates.get(aCertificateId('first')), retired]).toEqual(['REVOKED', []]);
    expect(await read()).toMatchObject({ state: 'revoked', toRetire: [], certificates: [] });
  });

  test('loses its certificate, too, when it gave no client id by which its connection could be ended', async () => {
    const { deliver, cloud } = await anActivation([quarantined(NOON)]);
    cloud.certificates.set(aCertificateId('first'), 'ACTIVE');
    await deliver(aConnectedEvent({ clientId: '$GEN/0b9b0c0e-3f0e-4a53-8a0e-1f2f3a4b5c6d', thingName }));
    expect(cloud.certificates.get(aCertificateId('first'))).toBe('INACTIVE');
  });

  test.each(['revoked', 'decommissioned'] as const)('loses its certificate and its connection when it is %s', async (state) => {
    const { deliver, cloud, read } = await anActivation([admitted({ state })]);
    expect(await deliver(aConnectedEvent())).toEqual([]);
    expect(cloud.calls).toEqual([`revoke ${aCertificateId('first').slice(0, 8)}`, `end ${thingName}`]);
    expect(await read()).toMatchObject({ state });
  });

  test('is tried again while AWS IoT is not in the mood', async () => {
    const { deliver, cloud, faults } = await anActivation([admitted({ state: 'revoked' })]);
    cloud.state.failing = `end ${thingName}`;
    expect(await deliver(aConnectedEvent())).toEqual(['message-1']);
    expect(faults).toHaveLength(1);
    cloud.state.failing = undefined;
    expect(await deliver(aConnectedEvent())).toEqual([]);
  });
});
