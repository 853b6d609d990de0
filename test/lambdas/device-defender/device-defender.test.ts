import type { TriggerAction } from '../../../domain/configuration/configuration-triggers.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';
import type { DefenderFinding } from '../../../domain/defender/defender-finding.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { createDeviceDefender } from '../../../lambdas/device-defender/device-defender.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aCertificateId, aKey } from '../../builders/identifiers.ts';
import { anSqsRecord } from '../../builders/lifecycle-event.ts';
import { fakeDeviceCloud } from '../../fakes/fake-device-cloud.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';

const active = (): Enrollment => anEnrollment({ state: 'active', boundKey: aKey('device'), certificates: [aCertificate('first')] });
const { thingName } = active();

const shared = 'DEVICE_CERTIFICATE_SHARED_CHECK';
const arn = `arn:aws:iot:eu-west-1:111122223333:cert/${aCertificateId('first')}`;

/** Of nothing in particular. */
const aBareFinding = (id: string, more: Partial<DefenderFinding> = {}): DefenderFinding => ({
  ...{ id, check: shared, reason: 'CERTIFICATE_SHARED_BY_MULTIPLE_DEVICES', at: NOON, isSuppressed: false },
  ...more,
});

/** Of the device's certificate. */
const aFinding = (id: string, more: Partial<DefenderFinding> = {}): DefenderFinding =>
  aBareFinding(id, { certificate: { certificateId: aCertificateId('first'), arn }, ...more });

const over = { taskId: 'task-1', taskStatus: 'COMPLETED' };

const aDefender = async (findings: readonly DefenderFinding[], action: TriggerAction = 'alarm') => {
  const store = new InMemoryEnrollmentStore();
  await store.register(active());
  const [audit, faults] = [recordedAuditLog(), recordedFaultLog()];
  const world = { failing: false };
  const defend = createDeviceDefender({
    ...{ prefix: 'muster', clientIdLines: [], configuration: parseConfiguration({}, ['pki']) },
    ...{ store, audit, faults, clock: { now: () => NOON }, ...fakeDeviceCloud(audit).ports, actionOf: () => action },
    findings: {
      async *ofAudit() {
        if (world.failing) throw new Error('throttled');
        for (const finding of findings) yield await Promise.resolve([finding]);
      },
      find: (id) => Promise.resolve(findings.find((one) => one.id === id)),
    },
    holders: { thingsWith: (certificate) => Promise.resolve(certificate.arn === arn ? [thingName] : []) },
  });
  const deliver = async (...bodies: readonly unknown[]) => {
    const Records = bodies.map((body, index) => anSqsRecord(body, `message-${index + 1}`));
    return (await defend({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  const read = async () => (await store.readMany([thingName]))[0];
  return { deliver, world, read, events: audit.events, faults: faults.faults };
};

describe('The end of an audit', () => {
  test('puts what was found on record, with its device, and nothing that is suppressed', async () => {
    const policy = { check: 'IOT_POLICY_OVERLY_PERMISSIVE_CHECK', reason: 'ALLOWS_BROAD_ACCESS_TO_IOT_DATA_PLANE_ACTIONS' };
    const aboutPolicy = aBareFinding('two', { ...policy, resource: 'wide:1' });
    const { deliver, events, read } = await aDefender([aFinding('one'), aboutPolicy, aFinding('three', { isSuppressed: true })]);
    expect(await deliver(over)).toEqual([]);
    expect(events).toMatchObject([
      { id: 'defender-one', code: 'defender.found', operation: shared, serialNumber: 'SN-1', certificateId: aCertificateId('first') },
      { id: 'defender-two', code: 'defender.found', operation: policy.check, awsReason: policy.reason, resource: 'wide:1' },
    ]);
    expect((await read())?.state).toBe('active');
  });

  test('told twice says the same under the same ids', async () => {
    const { deliver, events } = await aDefender([aFinding('one')]);
    await deliver(over, over);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  });

  test('quarantines whose credential is in other hands, where the line wants that', async () => {
    const { deliver, events, read } = await aDefender([aFinding('one')], 'quarantine');
    expect(await deliver(over)).toEqual([]);
    expect((await read())?.state).toBe('quarantined');
    expect(events.map(({ code }) => code)).toEqual(['defender.found', 'device.quarantined']);
    expect(events[1]).toMatchObject({
      actor: { kind: 'service', name: 'device-defender' },
      note: expect.stringContaining(shared) as string,
    });
  });

  test('quarantines nobody whose certificate only grows old', async () => {
    const old = { check: 'DEVICE_CERTIFICATE_AGE_CHECK', reason: 'CERTIFICATE_PAST_AGE_THRESHOLD' };
    const { deliver, read } = await aDefender([aFinding('one', old)], 'quarantine');
    await deliver(over);
    expect((await read())?.state).toBe('active');
  });

  test('finds the device behind a client id', async () => {
    const conflict = aBareFinding('one', { check: 'CONFLICTING_CLIENT_IDS_CHECK', clientId: thingName });
    const { deliver, events } = await aDefender([conflict]);
    await deliver(over);
    expect(events).toMatchObject([{ operation: 'CONFLICTING_CLIENT_IDS_CHECK', thingName }]);
  });
});

describe('A mitigation action', () => {
  const wanted = { actionName: 'muster-quarantine', actionsTaskId: 'by-hand', finding: { findingId: 'one' } };

  test.each([
    ['that names its finding', wanted],
    ['that is a finding', { findingId: 'one' }],
  ])('quarantines the device, whatever its line says: a message %s', async (_how, message) => {
    const { deliver, read, events } = await aDefender([aFinding('one', { isSuppressed: true })]);
    expect(await deliver(message)).toEqual([]);
    expect((await read())?.state).toBe('quarantined');
    expect(events.map(({ code }) => code)).toEqual(['device.quarantined']);
  });

  test('does nothing for a finding that is not kept any more', async () => {
    const { deliver, read } = await aDefender([]);
    expect(await deliver(wanted)).toEqual([]);
    expect((await read())?.state).toBe('active');
  });
});

describe('A violation of the security profile', () => {
  const violation = {
    violationId: 'v1',
    violationEventType: 'in-alarm',
    violationEventTime: NOON,
    thingName,
    behavior: { name: 'connecting-too-often' },
  };

  test('is on record with its device, once, and does nothing to it', async () => {
    const { deliver, events, read } = await aDefender([], 'quarantine');
    expect(await deliver(violation, violation, { ...violation, violationEventType: 'alarm-cleared' })).toEqual([]);
    expect(new Set(events.map(({ id }) => id))).toEqual(new Set(['defender-violation-v1']));
    expect(events[0]).toMatchObject({ code: 'defender.found', operation: 'connecting-too-often', serialNumber: 'SN-1', thingName });
    expect((await read())?.state).toBe('active');
  });
});

describe('A message', () => {
  test.each([['no JSON'], [{ hello: 1 }], [null], [{ taskId: 1, taskStatus: 'COMPLETED' }]])(
    'that is neither goes to the dead letters: %j',
    async (message) => {
      const { deliver, faults, events } = await aDefender([aFinding('one')]);
      expect(await deliver(message, over)).toEqual(['message-1']);
      expect(faults).toHaveLength(1);
      expect(events).toHaveLength(1);
    },
  );

  test('comes again when AWS IoT did not answer', async () => {
    const { deliver, world, events } = await aDefender([aFinding('one')]);
    world.failing = true;
    expect(await deliver(over)).toEqual(['message-1']);
    world.failing = false;
    expect(await deliver(over)).toEqual([]);
    expect(events).toHaveLength(1);
  });
});
