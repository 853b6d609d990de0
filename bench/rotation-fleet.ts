import { createPublicKey, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DescribeJobCommand, IoTClient } from '@aws-sdk/client-iot';
import { createIotRotationJobs } from '../aws/iot-rotation-jobs.ts';
import * as provers from '../device/approaches.ts';
import { systemClock } from '../device/clock.ts';
import { openFileKeyStore } from '../device/file-key-store.ts';
import type { FileSystem } from '../device/file-system.ts';
import { systemRandom } from '../device/program-ports.ts';
import { rotate } from '../device/rotation/rotate.ts';
import { openRotatingCertificate } from '../device/rotation/rotating-certificate.ts';
import { fileRotationStore } from '../device/rotation/rotation-store.ts';
import { eventually } from '../demo/eventually.ts';
import type { Fleet } from '../demo/fleet.ts';
import type { KeyDigest, ThingName } from '../domain/identifiers.ts';
import { keyDigestOf } from '../domain/key-digest.ts';
import { rotationIdOf } from '../domain/rotation/rotation-name.ts';
import type { RotationId } from '../domain/rotation/rotation.ts';
import { startRotation } from '../domain/rotation/start-rotation.ts';
import type { SerialNumber } from '../domain/serial-number.ts';
import { thingNameOf } from '../domain/thing-name.ts';
import { directoryOf, startOnboardingFleet } from './onboarding-fleet.ts';
import { ratePerSecond } from './rate-per-second.ts';

/** Devices that were onboarded to Muster on a local AWS. */
export interface RotationFleet {
  /** Asks each of them for another certificate, by jobs, and resolves when the jobs have come to them. */
  ask(): Promise<void>;
  /** Has one of them do what it is asked. */
  rotate(serial: SerialNumber): Promise<void>;
  stop(): Promise<void>;
}

const configurationFile = join(import.meta.dirname, 'rotation.config.json');

const ONBOARDED_AT_ONCE = 16;
/** As many things does a job take that names them. */
const THINGS_OF_JOB = 100;
const HAS_MS = 3_600_000;
const ACTIVATION_MS = 120_000;
const settings = { timeoutMs: 300_000, answerMs: 60_000 };

export const startRotationFleet = async (serials: readonly SerialNumber[]): Promise<RotationFleet> => {
  const onboarding = await startOnboardingFleet(configurationFile);
  const { fleet, connector, fileSystem } = onboarding;
  const iot = new IoTClient();
  await onboarding.enroll(await Promise.all(serials.map(async (serial) => ({ serial, pinnedKey: await makeKey(fileSystem, serial) }))));
  await ratePerSecond(serials, ONBOARDED_AT_ONCE, (serial) => onboarding.onboard(serial));
  const things = thingsOf(fleet, serials);
  return {
    ask: async () => {
      for (let start = 0; start < things.length; start += THINGS_OF_JOB) {
        await askSome(fleet, iot, things.slice(start, start + THINGS_OF_JOB));
      }
    },
    rotate: async (serial) => {
      const directory = directoryOf(serial);
      const credential = await openRotatingCertificate({ directory, keyKind: 'ec-p256' }, { fileSystem, prover: provers.pki, connector });
      const store = fileRotationStore(directory, fileSystem);
      const outcome = await rotate(settings, { credential, store, clock: systemClock, random: systemRandom, notify: () => undefined });
      if (outcome.outcome !== 'rotated') throw new Error(`"${serial}" did not rotate: ${JSON.stringify(outcome)}`);
    },
    stop: async () => {
      iot.destroy();
      await onboarding.stop();
    },
  };
};

// In its factory, as the manifest says then: of such a line, no device begins on probation.
const makeKey = async (fileSystem: FileSystem, serial: SerialNumber): Promise<KeyDigest> => {
  const store = await openFileKeyStore(directoryOf(serial), fileSystem);
  const privateKeyPem = await store.keepKey(await provers.pki.makeKey('ec-p256'));
  return keyDigestOf(createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' }));
};

const thingsOf = ({ operator: { configuration } }: Fleet, serials: readonly SerialNumber[]): readonly ThingName[] => {
  const [line] = configuration.lines;
  if (line === undefined) throw new Error('The configuration has no line to rotate devices of');
  return serials.map((serial) => thingNameOf(configuration.prefix, line.name, serial));
};

const askSome = async ({ operator, local }: Fleet, iot: IoTClient, things: readonly ThingName[]): Promise<void> => {
  const { accountId, region } = local.account;
  const id = rotationIdOf(operator.configuration.prefix, randomUUID());
  const until = Date.now() + HAS_MS;
  await Promise.all(things.map((thing) => putOnRecord({ operator }, thing, { id, until })));
  await createIotRotationJobs(iot, `arn:aws:iot:${region}:${accountId}:thing/`).create({ id, things, perMinute: THINGS_OF_JOB, until });
  await eventually(`job ${id}`, async () => {
    const { job } = await iot.send(new DescribeJobCommand({ jobId: id }));
    return job?.jobProcessDetails?.numberOfQueuedThings === things.length ? true : undefined;
  });
};

// As the planner puts it on record, when a device is due.
const putOnRecord = async (
  { operator: { store } }: Pick<Fleet, 'operator'>,
  thing: ThingName,
  rotation: { readonly id: RotationId; readonly until: number },
): Promise<void> => {
  const isAsked = async (): Promise<true | undefined> => {
    const [enrollment] = await store.readMany([thing]);
    if (enrollment?.state !== 'active') return undefined;
    const stamp = { id: randomUUID(), at: Date.now(), actor: { kind: 'service', name: 'rotation-planner' } } as const;
    const change = startRotation(enrollment, stamp, rotation);
    return change.outcome === 'changed' && (await store.replace(change.enrollment)) !== 'conflict' ? true : undefined;
  };
  await eventually(`the activation of ${thing}`, isAsked, ACTIVATION_MS);
};
