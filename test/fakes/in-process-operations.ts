import { verifyIntroduction } from '../../approaches/pki/verify.ts';
import { createOperationsClient } from '../../aws/operations/operations-client.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import { rotationIdOf } from '../../domain/rotation/rotation-name.ts';
import type { OperatorScope } from '../../domain/operator-scope.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import type { OperationResources } from '../../lambdas/operations/operation-resources.ts';
import { createOperations } from '../../lambdas/operations/operations.ts';
import { createPerformers } from '../../lambdas/operations/performers.ts';
import { describeRequirement } from '../../lambdas/operations/describe-requirement.ts';
import { successionOf } from '../../lambdas/operations/succession.ts';
import { NOON } from '../builders/enrollment.ts';
import { aUrlEvent, anOperationsContext } from '../builders/url-event.ts';
import { claimCloud } from './claim-cloud.ts';
import { entranceCloud, inMemoryVendorCaStore, vendorCaAuthority } from './entrance-cloud.ts';
import { fakeDeviceCloud } from './fake-device-cloud.ts';
import { InMemoryEnrollmentStore } from './in-memory-enrollment-store.ts';
import { InMemoryWatchStore } from './in-memory-watch-store.ts';
import { inMemoryManufacturerStore } from './in-memory-manufacturer-store.ts';
import { InMemoryProposalStore } from './in-memory-proposal-store.ts';
import { fakeRotationJobs } from './fake-rotation-jobs.ts';
import { inMemoryCampaignStore } from './in-memory-campaign-store.ts';
import { numberedIds } from './numbered-ids.ts';
import { recordedAuditLog } from './recorded-audit-log.ts';
import { recordedFaultLog } from './recorded-fault-log.ts';
import { recordedFleetGauge } from './recorded-fleet-gauge.ts';

export interface InProcessWishes {
  /** By default an operator who reaches everything. */
  readonly scopes?: readonly OperatorScope[];
  readonly now?: () => number;
  /** In place of what is in memory. */
  readonly resources?: Partial<OperationResources>;
}

/** An AWS IoT that has nothing but groups. */
const nothingAtIot: Pick<OperationResources['reconciler'], 'registry' | 'retirement' | 'emitted' | 'rotations' | 'dueRotations'> = {
  registry: {
    certificatesOf: () => Promise.resolve([]),
    thingsOf: () => Promise.resolve({ rows: [] }),
    holdersOf: () => Promise.resolve({ rows: [] }),
    thingsWith: () => Promise.resolve([]),
    ageOf: () => Promise.resolve({ isActive: false, isInactive: false, createdAt: 0, changedAt: 0 }),
  },
  retirement: { retire: () => Promise.resolve() },
  emitted: { seek: () => Promise.resolve({ missing: [], unknown: [] }) },
  dueRotations: { setDue: () => Promise.resolve() },
  rotations: [],
};

/** The operations function in this process over what is in memory, and callers of it. */
export const inProcessOperations = ({
  scopes = [{ name: 'operator', role: 'operator' }],
  now = () => NOON,
  resources = {},
}: InProcessWishes = {}) => {
  const store = new InMemoryEnrollmentStore();
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const entrance = entranceCloud();
  const cloud = fakeDeviceCloud(audit);
  const configuration = parseConfiguration({}, ['pki']);
  const rotationJobs = fakeRotationJobs();
  const newRotation = numberedIds('r');
  const claims = claimCloud({ now, audit, lines: configuration.lines.map(({ name }) => name) });
  const all: OperationResources = {
    prefix: 'muster',
    configuration,
    store,
    manufacturers: inMemoryManufacturerStore(),
    entrance,
    verifyIntroduction,
    vendorCas: inMemoryVendorCaStore(),
    vendorCaAuthority: vendorCaAuthority(),
    audit,
    addresses: { read: () => Promise.resolve(undefined) },
    describeRequirement,
    successionOf,
    reconciler: {
      ...{ prefix: 'muster', lines: configuration.lines.map(({ name }) => name), store, audit, faults },
      ...{ claims: claims.resources.claims, certificateStates: cloud.ports.certificateStates, thingGroups: cloud.ports.thingGroups },
      ...nothingAtIot,
      gauge: recordedFleetGauge().gauge,
      clock: { now, pause: () => Promise.resolve() },
    },
    takeOvers: new InMemoryWatchStore(),
    refusedPublishes: new InMemoryWatchStore(),
    newTicket: () => 'T'.repeat(43),
    rotation: {
      ...{ campaigns: inMemoryCampaignStore(), due: { count: () => Promise.resolve(0) }, jobs: rotationJobs.jobs },
      newId: () => rotationIdOf('muster', newRotation()),
    },
    deviceKeys: { lines: [], deriveKey: () => Promise.reject(new Error('No line has keys.')) },
    claimResources: claims.resources,
    ...cloud.ports,
    ...resources,
  };
  const handler = createOperations({
    performers: createPerformers(all),
    ...{ scopes, audit, faults, now },
    proposals: new InMemoryProposalStore(),
    newId: numberedIds('event'),
  });

  /** Somebody who calls in one scope, as the function sees them. */
  const clientAs = (arn = 'arn:aws:iam::111122223333:user/ann', scope = scopes[0]?.name ?? 'operator'): OperationsClient =>
    createOperationsClient(async ({ body }) => {
      const answer = await handler(aUrlEvent({ body, userArn: arn }), anOperationsContext(scope));
      return { status: answer.statusCode, body: answer.body };
    });
  return { store, audit, cloud, rotationJobs, entrance, claims, faults, handler, clientAs, client: clientAs() };
};
