import * as z from 'zod/mini';
import { rotationId } from '../../../domain/rotation/rotation.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { createActivation } from '../../../lambdas/activation/activation.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aKey, aSerial } from '../../builders/identifiers.ts';
import { aConnectedEvent, anSqsRecord } from '../../builders/lifecycle-event.ts';
import { entranceCloud } from '../../fakes/entrance-cloud.ts';
import { fakeDeviceCloud } from '../../fakes/fake-device-cloud.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { recordedJobExecutions } from '../../fakes/recorded-job-executions.ts';
import { recordedRetirement } from '../../fakes/recorded-retirement.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';

const rotation = z.parse(rotationId, 'muster-sensor-1');
const [birth, next] = [aCertificate('birth'), aCertificate('next', { key: aKey('next'), correlationId: rotation })];

const rotating = anEnrollment({
  ...{ state: 'rotating', boundKey: birth.key, candidateKey: next.key, certificates: [birth, next], certificateInUse: birth.id },
  rotation: { id: rotation, startedAt: NOON - 1_000, until: NOON + 1_000 },
});
const { thingName } = rotating;

const anActivation = async (...others: readonly Enrollment[]) => {
  const store = new InMemoryEnrollmentStore();
  for (const enrollment of [rotating, ...others]) await store.register(enrollment);
  const audit = recordedAuditLog();
  const cloud = fakeDeviceCloud(audit);
  const jobs = recordedJobExecutions();
  const { retirement: recorded, retired } = recordedRetirement();
  /** How many jobs had ended when each was retired. */
  const endedBefore: number[] = [];
  const retirement: typeof recorded = {
    retire: (certificate, thing) => {
      endedBefore.push(jobs.succeeded.length);
      return recorded.retire(certificate, thing);
    },
  };
  const activate = createActivation({
    ...{ store, retirement, audit, faults: recordedFaultLog(), clock: new SimulatedClock(NOON), jobExecutions: jobs.jobExecutions },
    ...{ ...cloud.ports, groups: cloud.ports.thingGroups, ...resourceNames('muster') },
    ...{ prefix: 'muster', topicPrefix: 'muster', lineSettings: [], rotations: [], clientIdLines: [], placing: entranceCloud().placing },
  });
  const deliver = async (principalIdentifier: string, sessionIdentifier = 'session-1') => {
    const body = aConnectedEvent({ principalIdentifier, sessionIdentifier });
    return (await activate({ Records: [anSqsRecord(body, 'message-1')] })).batchItemFailures.length;
  };
  return { activate, deliver, jobs, retired, endedBefore, read: async () => (await store.readMany([thingName]))[0] };
};

describe('The job of a device that is asked to rotate', () => {
  test('has succeeded when the device was seen with what it was given, and the old certificate goes', async () => {
    const { deliver, jobs, retired, read } = await anActivation();
    expect(await deliver(next.id)).toBe(0);
    expect(await read()).toMatchObject({ state: 'active', certificateInUse: next.id, certificates: [{ id: next.id }] });
    expect([jobs.succeeded, retired]).toEqual([[`${thingName} ${rotation}`], [birth.id]]);
  });

  test('has succeeded for every device of a batch before the first of their certificates is retired', async () => {
    const serials = Array.from({ length: 30 }, (_, index) => aSerial(`SN-MORE-${index}`));
    const others = serials.map((serialNumber) =>
      anEnrollment({ ...rotating, serialNumber, thingName: thingNameOf('muster', rotating.line, serialNumber) }),
    );
    const { activate, retired, endedBefore } = await anActivation(...others);
    const records = others.map(({ thingName: clientId }) =>
      anSqsRecord(aConnectedEvent({ clientId, thingName: clientId, principalIdentifier: next.id }), `message-${clientId}`),
    );
    expect(await activate({ Records: records })).toEqual({ batchItemFailures: [] });
    expect(retired).toHaveLength(serials.length);
    expect(new Set(endedBefore)).toEqual(new Set([serials.length]));
  });

  test('is under way as long as the device is seen with the old one', async () => {
    const { deliver, jobs, retired, read } = await anActivation();
    await deliver(birth.id);
    expect(await read()).toEqual(rotating);
    expect([jobs.succeeded, retired]).toEqual([[], []]);
  });

  test('is not asked about with each connection that comes later', async () => {
    const { deliver, jobs } = await anActivation();
    await deliver(next.id);
    await deliver(next.id, 'session-2');
    expect(jobs.succeeded).toHaveLength(1);
  });

  test('is told once more when that failed: the message comes again', async () => {
    const { deliver, jobs, retired } = await anActivation();
    jobs.state.fails = true;
    expect(await deliver(next.id)).toBe(1);
    jobs.state.fails = false;
    expect(await deliver(next.id)).toBe(0);
    expect([jobs.succeeded, retired]).toEqual([[`${thingName} ${rotation}`], [birth.id]]);
  });
});
