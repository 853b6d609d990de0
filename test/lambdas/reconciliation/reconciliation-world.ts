import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeCertificateCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { createCloudWatchEmittedEvents } from '../../../aws/cloudwatch/emitted-events.ts';
import { createDynamoDbClaimStore } from '../../../aws/dynamodb/claim-store.ts';
import { createDynamoDbDueEnrollments } from '../../../aws/dynamodb/due-enrollments.ts';
import { createDynamoDbDueRotations } from '../../../aws/dynamodb/due-rotations.ts';
import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import { createDynamoDbPassProgress } from '../../../aws/dynamodb/pass-progress.ts';
import { createIotCertificateRetirement } from '../../../aws/iot/certificate-retirement.ts';
import { createIotCertificateStates } from '../../../aws/iot/certificate-states.ts';
import { createIotRegistryReads } from '../../../aws/iot/registry-reads.ts';
import { createIotThingGroups } from '../../../aws/iot/thing-groups.ts';
import { type AuditEvent, auditLine } from '../../../domain/audit-event.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { type CertificateId, certificateId } from '../../../domain/identifiers.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { createReconciliation, type ReconciliationProps } from '../../../lambdas/reconciliation/reconciliation.ts';
import { createLogsService } from '../../../local/logs/logs-service.ts';
import { ManualClock } from '../../../local/manual-clock.ts';
import { anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { aKey, aLine, aSerial } from '../../builders/identifiers.ts';
import { startDynamoDb } from '../../fakes/local-dynamodb.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { recordedFleetGauge } from '../../fakes/recorded-fleet-gauge.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';
import { policyDocument, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';
import { serve, testAccount, testStartMs } from '../../local/service-endpoint.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const names = resourceNames('muster');
const LOG_GROUP = 'audit';

/** AWS IoT, DynamoDB and CloudWatch Logs of the local AWS, and clients that keep count of what they send. */
export const startReconciliationWorld = async () => {
  const [plane, dynamoDb] = await Promise.all([startControlPlane(), startDynamoDb()]);
  const endpoint = await serve(createLogsService({ account: testAccount, clock: new ManualClock(testStartMs) }).api);
  const logs = new CloudWatchLogsClient(endpoint.config);
  await logs.send(new CreateLogGroupCommand({ logGroupName: LOG_GROUP }));
  await logs.send(new CreateLogStreamCommand({ logGroupName: LOG_GROUP, logStreamName: 'one' }));
  await plane.iot.send(new CreateThingTypeCommand({ thingTypeName: names.thingType(aLine()) }));
  await plane.iot.send(new CreateThingGroupCommand({ thingGroupName: names.quarantineGroup }));
  for (const policyName of [names.devicePolicy(aLine()), names.claimPolicy(aLine())])
    await plane.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
  const sent: string[] = [];
  for (const { middlewareStack } of [plane.iot, logs])
    middlewareStack.add(
      (next, { commandName = 'unknown' }) =>
        (args) => (sent.push(commandName), next(args)),
      { step: 'finalizeRequest', priority: 'low' },
    );
  const stop = async (): Promise<void> => {
    logs.destroy();
    await Promise.all([plane.stop(), dynamoDb.stop(), endpoint.stop()]);
  };
  return { ...plane, dynamoDb, logs, sent, stop };
};

type World = Awaited<ReturnType<typeof startReconciliationWorld>>;

/** A certificate at AWS IoT, with a policy, and attached to a thing where there is one. */
export const aCertificateAtIot = async (
  { iot }: Pick<World, 'iot'>,
  {
    policyName = names.devicePolicy(aLine()),
    thing,
    isActive = true,
  }: { readonly policyName?: string; readonly thing?: string; readonly isActive?: boolean } = {},
): Promise<CertificateId> => {
  const csr = new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem(), setAsActive: isActive });
  const { certificateArn = '', certificateId: id } = await iot.send(csr);
  await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
  if (thing !== undefined) await iot.send(new AttachThingPrincipalCommand({ thingName: thing, principal: certificateArn }));
  return z.parse(certificateId, id);
};

export const statusOf = async ({ iot }: Pick<World, 'iot'>, id: string): Promise<string | undefined> => {
  try {
    return (await iot.send(new DescribeCertificateCommand({ certificateId: id }))).certificateDescription?.status;
  } catch {
    return 'GONE';
  }
};

export const createThing = ({ iot }: Pick<World, 'iot'>, thingName: string) =>
  iot.send(new CreateThingCommand({ thingName, thingTypeName: names.thingType(aLine()) }));

export const quarantineThing = ({ iot }: Pick<World, 'iot'>, thingName: string) =>
  iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName: names.quarantineGroup }));

/** A fleet in a table of its own that reconciliation looks after; time stands still unless it is moved. */
export const aFleet = async (world: World) => {
  const { iot, dynamoDb, logs } = world;
  const tableName = await dynamoDb.newTable();
  const client = dynamoDb.client;
  const time = { now: testStartMs };
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const { gauge, told } = recordedFleetGauge();
  const props: ReconciliationProps = {
    prefix: 'muster',
    lines: [aLine()],
    store: createDynamoDbEnrollmentStore({ client, tableName }),
    claims: createDynamoDbClaimStore(client, tableName),
    due: createDynamoDbDueEnrollments(client, tableName),
    rotations: [],
    dueRotations: createDynamoDbDueRotations(client, tableName),
    progress: createDynamoDbPassProgress(client, tableName),
    registry: createIotRegistryReads(iot, 'muster'),
    certificateStates: createIotCertificateStates(iot),
    thingGroups: createIotThingGroups(iot),
    retirement: createIotCertificateRetirement(iot),
    emitted: createCloudWatchEmittedEvents(logs, LOG_GROUP),
    audit,
    gauge,
    faults,
    clock: { now: () => time.now, pause: () => Promise.resolve() },
  };
  const store = createDynamoDbEnrollmentStore({ client, tableName });
  const logEvent = (event: AuditEvent) =>
    logs.send(
      new PutLogEventsCommand({
        logGroupName: LOG_GROUP,
        logStreamName: 'one',
        logEvents: [{ timestamp: testStartMs, message: auditLine(event) }],
      }),
    );

  /** An enrolled device with its thing and an active certificate; what was written last is in the log. */
  const enroll = async (serial: string, more: (certificate: CertificateId) => Partial<Enrollment> = () => ({})) => {
    const thing = thingNameOf('muster', aLine(), aSerial(serial));
    await createThing(world, thing);
    const certificate = await aCertificateAtIot(world, { thing });
    const enrollment = anEnrollment({
      serialNumber: aSerial(serial),
      state: 'active',
      boundKey: aKey(serial),
      certificates: [{ id: certificate, key: aKey(serial), issuedAt: time.now }],
      certificateInUse: certificate,
      lastEvent: anEvent({ id: `event-of-${serial}`, at: time.now, code: 'device.activated' }),
      ...more(certificate),
    });
    await store.register(enrollment);
    await logEvent(enrollment.lastEvent);
    return { thing, certificate, enrollment };
  };

  /** So many milliseconds later, reconciliation runs; answers what it put on record, by finding. */
  const runAfter = async (delayMs = HOUR_MS, changed: Partial<ReconciliationProps> = {}) => {
    time.now += delayMs;
    const before = audit.events.length;
    await createReconciliation({ ...props, ...changed })();
    return audit.events.slice(before);
  };
  return { props, store, enroll, runAfter, time, audit, told, faults, logEvent, tableName };
};

/** `reconciliation.repaired outside-quarantine`, and so on. */
export const inShort = (events: readonly AuditEvent[]): readonly string[] =>
  events.map(({ code, finding }) => (finding === undefined ? code : `${code} ${finding}`));
