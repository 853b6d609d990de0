import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateThingCommand } from '@aws-sdk/client-iot';
import {
  DescribeJobExecutionCommand,
  GetPendingJobExecutionsCommand,
  IoTJobsDataPlaneClient,
  UpdateJobExecutionCommand,
} from '@aws-sdk/client-iot-jobs-data-plane';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { createDynamoDbCampaignStore } from '../../aws/dynamodb/campaign-store.ts';
import { createDynamoDbDueRotations } from '../../aws/dynamodb/due-rotations.ts';
import { eventually } from '../../demo/eventually.ts';
import type { AuditEvent } from '../../domain/audit-event.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { auditTail } from '../../domain/operations/audit-tail.ts';
import { rotationShow } from '../../domain/operations/rotation-show.ts';
import { newCampaign } from '../../domain/rotation/campaign.ts';
import { isOpenAt } from '../../domain/rotation/maintenance-window.ts';
import { rotationId } from '../../domain/rotation/rotation.ts';
import { rotationJobDocument } from '../../domain/rotation/job-document.ts';
import { anEnrollment, anEvent } from '../builders/enrollment.ts';
import { aSerial } from '../builders/identifiers.ts';
import { bringIn } from './drivers/devices.ts';
import { type OwnDeployment, deployForThisSuite } from './drivers/own-deployment.ts';
import { type Stage, enrollmentOf, lineOf, openStage, thingOf } from './drivers/stage.ts';

const LINE = 'meter';
const DAY_MS = 86_400_000;

let own: OwnDeployment;
let stage: Stage;
let lambda: LambdaClient;
let dynamoDb: DynamoDBClient;
let jobs: IoTJobsDataPlaneClient;

// A whole line halts here: it must be this suite's alone.
beforeAll(async () => {
  own = await deployForThisSuite();
  stage = await openStage();
  [lambda, dynamoDb, jobs] = [new LambdaClient(), new DynamoDBClient(), new IoTJobsDataPlaneClient()];
}, 120_000);
afterAll(async () => {
  for (const client of [lambda, dynamoDb, jobs]) client.destroy();
  await stage.close();
  await own.stop();
});

const campaigns = () => createDynamoDbCampaignStore(dynamoDb, stage.tableName);

const run = async (name: 'Rotation' | 'Reconciliation'): Promise<void> => {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const FunctionName = Functions.find(({ FunctionName: deployed }) => deployed?.includes(`-${name}Function`))?.FunctionName;
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  expect(FunctionError).toBeUndefined();
};

/** A device that is in and was seen, and whose credential is due as if it were a year old. */
const aDueDevice = async (serial: string): Promise<Enrollment> => {
  await bringIn(stage, LINE, [{ serial }]);
  const active = await eventually(`the activation of ${serial}`, async () => {
    const enrollment = await enrollmentOf(stage, LINE, serial);
    return enrollment?.state === 'active' && enrollment.toRetire.length === 0 ? enrollment : undefined;
  });
  await createDynamoDbDueRotations(dynamoDb, stage.tableName).setDue(active, Date.now() - DAY_MS);
  return active;
};

/** A device that is in and due, as far as a table knows. */
const onRecord = (line: string, serial: string, more: Partial<Enrollment> = {}): Enrollment =>
  anEnrollment({
    ...{ line: lineOf(line), serialNumber: aSerial(serial), thingName: thingOf(stage, line, serial) },
    ...{ state: 'active', credentialSince: 1, rotateAt: 1, lastEvent: anEvent({ at: Date.now() }) },
    ...more,
  });

/** Devices that are in, as far as table and registry know. */
const manyDue = async (count: number): Promise<readonly Enrollment[]> => {
  const devices = Array.from({ length: count }, (_, index) => onRecord(LINE, `MANY-${index}`));
  await stage.fleet.operator.store.registerAll(devices);
  for (const { thingName } of devices) await stage.iot.send(new CreateThingCommand({ thingName }));
  return devices;
};

/** The job that waits for a device. */
const jobOf = async ({ thingName }: Pick<Enrollment, 'thingName'>): Promise<string | undefined> => {
  const { queuedJobs = [] } = await jobs.send(new GetPendingJobExecutionsCommand({ thingName }));
  return queuedJobs[0]?.jobId;
};

const told = (code: AuditEvent['code']) =>
  eventually(code, async () => {
    const { entries } = await stage.fleet.operator.client.call(auditTail, { since: 0, code, limit: 100 });
    return entries.length === 0 ? undefined : entries.map(({ event }) => event);
  });

describe('The deployed planner', () => {
  test('has a device asked whose credential is due, by a job that its client finds', async () => {
    const device = await aDueDevice('ROTATES-1');
    const young = (await bringIn(stage, LINE, [{ serial: 'YOUNG-1' }]))[0];
    await run('Rotation');
    const jobId = await eventually('its job', () => jobOf(device));
    const { execution } = await jobs.send(
      new DescribeJobExecutionCommand({ thingName: device.thingName, jobId, includeJobDocument: true }),
    );
    const document = z.parse(rotationJobDocument, JSON.parse(execution?.jobDocument ?? ''));
    expect(await enrollmentOf(stage, LINE, 'ROTATES-1')).toMatchObject({
      state: 'rotating',
      rotation: { id: jobId, until: document.until },
    });
    expect(await told('rotation.started')).toEqual([expect.objectContaining({ rotation: jobId, thingName: device.thingName })]);
    expect(young && (await jobs.send(new GetPendingJobExecutionsCommand({ thingName: young.thingName }))).queuedJobs).toEqual([]);
  }, 60_000);

  test('asks nobody outside the maintenance windows of a line', async () => {
    const windows = stage.fleet.operator.configuration.lines.find(({ name }) => name === 'lantern')?.rotation?.windows ?? [];
    expect(windows).not.toEqual([]);
    await eventually('the end of its window', () => Promise.resolve(isOpenAt(windows, Date.now()) ? undefined : true), 90_000);
    const due = onRecord('lantern', 'WAITS-1', { approach: 'oauth', requirement: { publicKey: 'AAAA' } });
    await stage.fleet.operator.store.registerAll([due]);
    await stage.iot.send(new CreateThingCommand({ thingName: due.thingName }));
    await run('Rotation');
    expect(await enrollmentOf(stage, 'lantern', 'WAITS-1')).toMatchObject({ state: 'active', rotateAt: 1 });
    expect(await jobOf(due)).toBeUndefined();
  }, 120_000);

  test('has a rotation that came to nothing withdrawn by reconciliation, and the device asked again a day later', async () => {
    const startedAt = Date.now() - 2 * DAY_MS;
    const rotation = { id: z.parse(rotationId, 'muster-rotation-overdue'), startedAt, until: startedAt + DAY_MS };
    const lastEvent = anEvent({ at: startedAt });
    await stage.fleet.operator.store.registerAll([onRecord(LINE, 'OVERDUE-1', { state: 'rotating', rotation, lastEvent })]);
    await stage.iot.send(new CreateThingCommand({ thingName: thingOf(stage, LINE, 'OVERDUE-1') }));
    const before = Date.now();
    await run('Reconciliation');
    const withdrawn = await enrollmentOf(stage, LINE, 'OVERDUE-1');
    expect(withdrawn).toMatchObject({ state: 'active', failedRotations: 1 });
    expect(withdrawn?.rotation).toBeUndefined();
    expect(withdrawn?.rotateAt).toBeGreaterThanOrEqual(before + DAY_MS);
    expect(await told('rotation.withdrawn')).toEqual([expect.objectContaining({ rotation: rotation.id })]);
  }, 60_000);

  test('halts its line when too many fail, cancels what waits, and asks nobody more', async () => {
    const line = lineOf(LINE);
    // The canaries are through.
    await campaigns().write({ ...newCampaign(line), phase: 'rolling', version: ((await campaigns().read(line))?.version ?? 0) + 1 });
    const devices = await manyDue(14);
    await run('Rotation');
    const all = await Promise.all(devices.map((device) => eventually('its job', () => jobOf(device))));
    for (const [index, { thingName }] of devices.slice(0, 12).entries()) {
      await jobs.send(new UpdateJobExecutionCommand({ thingName, jobId: all[index] ?? '', status: 'FAILED' }));
    }
    // Before the planner looks again.
    expect((await stage.fleet.operator.client.call(rotationShow, { line })).rotation).toMatchObject({ failed: 12, underWay: 2 });
    await run('Rotation');
    expect(await campaigns().read(line)).toMatchObject({ phase: 'halted', failed: 12 });
    expect(await told('rotation.halted')).toHaveLength(1);
    expect(await Promise.all(devices.slice(12).map(jobOf))).toEqual([undefined, undefined]);
    const late = await aDueDevice('LATE-1');
    await run('Rotation');
    expect(await enrollmentOf(stage, LINE, 'LATE-1')).toMatchObject({ state: 'active' });
    expect(await jobOf(late)).toBeUndefined();
  }, 60_000);
});
