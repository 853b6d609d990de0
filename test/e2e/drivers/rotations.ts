import { randomUUID } from 'node:crypto';
import { CreateJobCommand, DescribeJobExecutionCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { eventually } from '../../../demo/eventually.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { ROTATE } from '../../../domain/rotation/job-document.ts';
import { renewalAnswer, type RenewalAnswer } from '../../../domain/rotation/renewal-message.ts';
import { type RotationId, rotationId } from '../../../domain/rotation/rotation.ts';
import { startRotation } from '../../../domain/rotation/start-rotation.ts';
import type { MqttConnection } from './mqtt-connection.ts';
import { type Stage, enrollmentOf } from './stage.ts';

/** A device by its line and serial number. */
export interface Named {
  readonly line: string;
  readonly serial: string;
}

export const enrolled = async (stage: Stage, { line, serial }: Named): Promise<Enrollment> => {
  const enrollment = await enrollmentOf(stage, line, serial);
  if (enrollment === undefined) throw new Error(`"${serial}" is not enrolled.`);
  return enrollment;
};

/** Waits until its record is so. */
export const whenItIs = (stage: Stage, named: Named, what: string, is: (enrollment: Enrollment) => boolean): Promise<Enrollment> =>
  eventually(what, async () => {
    const enrollment = await enrolled(stage, named);
    return is(enrollment) ? enrollment : undefined;
  });

const isActive = ({ state }: Enrollment): boolean => state === 'active';

/** The job of a rotation, as the planner makes one. */
const createJob = async ({ iot, shared }: Stage, thing: string, rotation: RotationId, until: number): Promise<void> => {
  const { accountId, region } = shared.account;
  const document = JSON.stringify({ operation: ROTATE, schemaVersion: 1, until });
  const targets = [`arn:aws:iot:${region}:${accountId}:thing/${thing}`];
  await iot.send(new CreateJobCommand({ jobId: rotation, targets, document, targetSelection: 'SNAPSHOT' }));
};

/** Waits until AWS IoT Jobs says so of a device and a rotation. */
export const whenItsJobHas = ({ iot }: Stage, status: string, thingName: string, jobId: string): Promise<string> =>
  eventually(`${status} of ${jobId}`, async () => {
    const { execution } = await iot.send(new DescribeJobExecutionCommand({ thingName, jobId }));
    return execution?.status === status ? status : undefined;
  });

/** Puts on record that a device is asked to rotate, and asks it, as if it had been due; an hour, unless said, is what it has. */
export const beginRotation = async (stage: Stage, named: Named, hasMs = 3_600_000): Promise<RotationId> => {
  const id = z.parse(rotationId, `muster-${named.line}-${randomUUID()}`);
  const active = await whenItIs(stage, named, 'its activation', isActive);
  const at = Date.now();
  const actor = { kind: 'service', name: 'rotation-planner' } as const;
  const change = startRotation(active, { id: `started-${id}`, at, actor }, { id, until: at + hasMs });
  if (change.outcome !== 'changed') throw new Error(`"${named.serial}" cannot rotate: it is ${change.outcome}.`);
  if ((await stage.fleet.operator.store.replace(change.enrollment)) === 'conflict') return beginRotation(stage, named, hasMs);
  await createJob(stage, active.thingName, id, at + hasMs);
  return id;
};

/** The topics of a device's own on which it asks for its next credential and is told. */
export const credentialTopics = (thing: string) => ({
  ask: `muster/things/${thing}/credential/ask`,
  tell: `muster/things/${thing}/credential/tell`,
});

/** Asks on an open connection, and waits for the answer. */
export const askForNext = async (
  connection: MqttConnection,
  thing: string,
  question: { readonly rotation: string; readonly offer: object },
): Promise<RenewalAnswer> => {
  const { ask, tell } = credentialTopics(thing);
  expect(await connection.subscribe(tell)).toBe('done');
  expect(await connection.publish(ask, JSON.stringify(question))).toBe('done');
  const { payload } = await connection.take();
  return z.parse(renewalAnswer, JSON.parse(payload));
};
