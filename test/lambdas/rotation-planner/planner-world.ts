import * as z from 'zod/mini';
import { createDynamoDbCampaignStore } from '../../../aws/dynamodb/campaign-store.ts';
import { createDynamoDbDueRotations } from '../../../aws/dynamodb/due-rotations.ts';
import { createDynamoDbEnrollmentStore } from '../../../aws/dynamodb/enrollment-store.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { rotationIdOf } from '../../../domain/rotation/rotation-name.ts';
import { rotationSettings } from '../../../domain/rotation/rotation-settings.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import type { Planner } from '../../../lambdas/rotation-planner/planner.ts';
import { createRotationPlanner } from '../../../lambdas/rotation-planner/rotation-planner.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aKey, aLine, aSerial } from '../../builders/identifiers.ts';
import { fakeRotationJobs } from '../../fakes/fake-rotation-jobs.ts';
import type { LocalDynamoDb } from '../../fakes/local-dynamodb.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';
import { recordedFleetGauge } from '../../fakes/recorded-fleet-gauge.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const line = aLine();

/** A device in use whose credential is due, an hour ago unless something else is said. */
export const aDueDevice = (serial: string, more: Partial<Enrollment> = {}): Enrollment => {
  const certificate = aCertificate(`of-${serial}`);
  return anEnrollment({
    ...{ line, serialNumber: aSerial(serial), thingName: thingNameOf('muster', line, aSerial(serial)) },
    ...{ state: 'active', boundKey: aKey('device'), certificates: [certificate], certificateInUse: certificate.id },
    ...{ credentialSince: NOON - 400 * DAY_MS, rotateAt: NOON - HOUR_MS },
    ...more,
  });
};

/** The planner on a table of its own, with jobs that do as they are told; time stands still unless it is moved. */
export const aPlanner = async (dynamoDb: LocalDynamoDb, settings: object = {}, devices: readonly Enrollment[] = []) => {
  const tableName = await dynamoDb.newTable();
  const store = createDynamoDbEnrollmentStore({ client: dynamoDb.client, tableName });
  for (let start = 0; start < devices.length; start += 100) await store.registerAll(devices.slice(start, start + 100));
  const time = { now: NOON };
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const { gauge, told } = recordedFleetGauge();
  const cloud = fakeRotationJobs();
  const unique = numberedIds('r');
  const props: Planner = {
    rotations: [{ line, settings: z.parse(rotationSettings, { canary: 0, ...settings }) }],
    ...{ store, audit, gauge, faults, jobs: cloud.jobs, clock: { now: () => time.now } },
    due: createDynamoDbDueRotations(dynamoDb.client, tableName),
    campaigns: createDynamoDbCampaignStore(dynamoDb.client, tableName),
    hasNext: () => true,
    newId: () => rotationIdOf('muster', unique()),
  };
  dynamoDb.takeSent();
  return {
    ...{ props, store, told, time, cloud, faults: faults.faults, events: audit.events },
    campaign: () => props.campaigns.read(line),
    read: async ({ thingName }: Enrollment) => (await store.readMany([thingName]))[0],
    /** One run; five minutes after the one before, where nothing else is said. */
    run: async (more: Partial<Planner> = {}) => createRotationPlanner({ ...props, ...more })(),
    runAfter: async (passedMs = 5 * MINUTE_MS, more: Partial<Planner> = {}) => {
      time.now += passedMs;
      await createRotationPlanner({ ...props, ...more })();
    },
  };
};
