import type { DeviceBoundaries } from '../../../domain/connection/device-boundaries.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { ReadConnection } from '../../../lambdas/device-authorizer/approach-authorizer.ts';
import { type DeviceAuthorizerProps, createDeviceAuthorizer } from '../../../lambdas/device-authorizer/create-authorizer.ts';
import { type ConnectingClient, anAuthorizerEvent } from '../../builders/authorizer-event.ts';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aLine, aTenant } from '../../builders/identifiers.ts';
import { aLambdaContext } from '../../builders/lambda-context.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { SimulatedClock } from '../../fakes/simulated-clock.ts';
import { tinAuthorizer } from './tin-authorizer.ts';

export const FLOOR_MS = 300;

export const boundaries: DeviceBoundaries = {
  lines: [
    {
      name: aLine(),
      sharedTopics: [
        { topic: 'firmware', publish: false },
        { topic: 'alerts', publish: true },
      ],
    },
    { name: aLine('door'), sharedTopics: [], clientIdPath: 'projects/acme/devices' },
  ],
  tenants: [{ name: aTenant(), sharedTopics: [{ topic: 'news', publish: false }] }],
};

export const aTinDevice = (more: Partial<Enrollment> = {}) => anEnrollment({ approach: 'tin', ...more });

/** A store in which `SN-1` of the line `sensor` is registered, unless others are named. */
export const stocked = async (...enrollments: readonly Enrollment[]): Promise<InMemoryEnrollmentStore> => {
  const store = new InMemoryEnrollmentStore();
  await store.registerAll(enrollments.length === 0 ? [aTinDevice()] : enrollments);
  return store;
};

export interface Fixture<Read extends ReadConnection> extends Partial<Omit<DeviceAuthorizerProps<Read>, 'authorizer'>> {
  readonly authorizer: DeviceAuthorizerProps<Read>['authorizer'];
}

/** An authorizer with everything in memory, and what can be seen of it from outside. */
export const anAuthorizerWith = <Read extends ReadConnection>(more: Fixture<Read>) => {
  const clock = new SimulatedClock(NOON);
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const authorize = createDeviceAuthorizer({
    topicPrefix: 'muster',
    scope: { partition: 'aws', region: 'eu-west-1', account: '111122223333' },
    boundaries,
    audit,
    faults,
    clock,
    newId: numberedIds(),
    refusalFloorMs: FLOOR_MS,
    ...more,
  });
  /** Calls it as AWS IoT does, and tells how long it took on its clock. */
  const call = async (event: unknown) => {
    const startedAt = clock.now();
    const answer = await authorize(event, aLambdaContext());
    return { answer, tookMs: clock.now() - startedAt };
  };
  return {
    clock,
    events: audit.events,
    faults: faults.faults,
    call,
    connect: (client?: ConnectingClient) => call(anAuthorizerEvent(client)),
  };
};

/** The same for devices that know the word. */
export const anAuthorizer = (store: InMemoryEnrollmentStore) => anAuthorizerWith({ authorizer: tinAuthorizer(store) });
