import { createPublicKey, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeJobCommand, IoTClient } from '@aws-sdk/client-iot';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { describeDeployment } from '../aws/cloudformation/deployment.ts';
import { createDynamoDbClient } from '../aws/dynamodb/client.ts';
import { createDynamoDbDueRotations } from '../aws/dynamodb/due-rotations.ts';
import { createIotRotationJobs } from '../aws/iot/rotation-jobs.ts';
import * as provers from '../device/approaches.ts';
import { systemClock } from '../device/clock.ts';
import { openFileKeyStore } from '../device/store/file-key-store.ts';
import type { FileSystem } from '../device/store/file-system.ts';
import { systemRandom } from '../device/program-ports.ts';
import { rotate } from '../device/rotation/rotate.ts';
import { openRotatingCertificate } from '../device/rotation/rotating-certificate.ts';
import { fileRotationStore } from '../device/rotation/rotation-store.ts';
import { eventually } from '../demo/eventually.ts';
import type { Fleet } from '../demo/fleet.ts';
import type { Enrollment } from '../domain/enrollment.ts';
import type { KeyDigest, ThingName } from '../domain/identifiers.ts';
import { keyDigestOf } from '../domain/key-digest.ts';
import type { RotationJob } from '../domain/rotation/planning-ports.ts';
import type { RotationId } from '../domain/rotation/rotation.ts';
import { rotationIdOf } from '../domain/rotation/rotation-name.ts';
import type { SerialNumber } from '../domain/serial-number.ts';
import { thingNameOf } from '../domain/thing-name.ts';
import { type Asker, askDevices } from '../lambdas/rotation-planner/ask-devices.ts';
import type { LocalAws } from '../local/main.ts';
import { directoryOf, type OnboardingFleet, startOnboardingFleet } from './onboarding-fleet.ts';
import { ratePerSecond } from './rate-per-second.ts';

/** Devices that were onboarded to Muster on a local AWS. */
export interface RotationFleet {
  readonly local: LocalAws;
  /** Asks some of them, a hundred at most, for another certificate, by one job, and resolves when that has come to them. */
  ask(serials: readonly SerialNumber[]): Promise<void>;
  /** Makes the credentials of all due, as time does. */
  makeDue(): Promise<void>;
  /** Has the deployed planner look once, as its schedule does. */
  plan(): Promise<void>;
  /** For how many of them jobs wait that ask for another certificate. */
  asked(): Promise<number>;
  /** Those, of a hundred at most, that have one certificate on record and none to retire. */
  complete(serials: readonly SerialNumber[]): Promise<readonly SerialNumber[]>;
  /** Has one of them do what it is asked. */
  rotate(serial: SerialNumber): Promise<void>;
  stop(): Promise<void>;
}

const configurationFile = join(import.meta.dirname, 'rotation.config.json');

/** No part of what is measured: on a busy machine a function that starts may be late, and then the device is refused. */
const ONBOARDED_AT_ONCE = 8;
const ONBOARDING_ATTEMPTS = 4;
/** As many things does a job take that names them. */
const THINGS_OF_JOB = 100;
const HAS_MS = 3_600_000;
const ACTIVATION_MS = 120_000;
const settings = { timeoutMs: 300_000, answerMs: 60_000 };

export const startRotationFleet = async (serials: readonly SerialNumber[]): Promise<RotationFleet> => {
  const onboarding = await startOnboardingFleet(configurationFile);
  const { fleet, connector, fileSystem } = onboarding;
  const [iot, lambda, dynamoDb] = [new IoTClient(), new LambdaClient(), createDynamoDbClient()];
  const { tableName } = await describeDeployment(new CloudFormationClient(), fleet.operator.configuration.prefix);
  await onboarding.enroll(await Promise.all(serials.map(async (serial) => ({ serial, pinnedKey: await makeKey(fileSystem, serial) }))));
  await ratePerSecond(serials, ONBOARDED_AT_ONCE, (serial) => onboardAtLast(onboarding, serial));
  await eventually(
    'the activation of all',
    async () => {
      const enrollments = await fleet.operator.store.readMany(thingsOf(fleet, serials));
      return enrollments.every(isSettled) ? true : undefined;
    },
    ACTIVATION_MS,
  );
  const planner = plannerOf(fleet, iot);
  const namesOf = async (some: readonly SerialNumber[], isMeant: (enrollment: Enrollment) => boolean) =>
    (await fleet.operator.store.readMany(thingsOf(fleet, some))).filter(isMeant).map(({ serialNumber }) => serialNumber);
  return {
    local: onboarding.local,
    ask: (some) =>
      askSome(planner, iot, { id: rotationIdOf(fleet.operator.configuration.prefix, randomUUID()), things: thingsOf(fleet, some) }),
    makeDue: async () => {
      const due = createDynamoDbDueRotations(dynamoDb, tableName);
      for (const enrollment of await fleet.operator.store.readMany(thingsOf(fleet, serials))) await due.setDue(enrollment, Date.now() - 1);
    },
    plan: () => invokePlanner(lambda),
    asked: async () => {
      const enrollments = await fleet.operator.store.readMany(thingsOf(fleet, serials));
      const names = new Set(enrollments.flatMap(({ rotation }) => rotation?.id ?? []));
      const waiting = await Promise.all([...names].map((id) => thingsWaiting(iot, id)));
      return waiting.reduce((sum, count) => sum + count, 0);
    },
    complete: (some) => namesOf(some, isSettled),
    rotate: async (serial) => {
      const directory = directoryOf(serial);
      const credential = await openRotatingCertificate({ directory, keyKind: 'ec-p256' }, { fileSystem, prover: provers.pki, connector });
      const store = fileRotationStore(directory, fileSystem);
      const outcome = await rotate(settings, { credential, store, clock: systemClock, random: systemRandom, notify: () => undefined });
      if (outcome.outcome !== 'rotated') throw new Error(`"${serial}" did not rotate: ${JSON.stringify(outcome)}`);
    },
    stop: async () => {
      for (const client of [iot, lambda, dynamoDb]) client.destroy();
      await onboarding.stop();
    },
  };
};

const isSettled = ({ state, certificates, toRetire }: Enrollment): boolean =>
  state === 'active' && certificates.length === 1 && toRetire.length === 0;

const invokePlanner = async (lambda: LambdaClient): Promise<void> => {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const FunctionName = Functions.find(({ FunctionName: name }) => name?.includes('-RotationFunction'))?.FunctionName;
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  if (FunctionError !== undefined) throw new Error(`The planner failed: ${FunctionError}`);
};

const onboardAtLast = async ({ onboard }: Pick<OnboardingFleet, 'onboard'>, serial: SerialNumber): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await onboard(serial);
      return;
    } catch (fault) {
      if (attempt >= ONBOARDING_ATTEMPTS) throw fault;
    }
  }
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

// As the planner asks those that are due, over the tables and jobs of the local AWS.
const plannerOf = ({ operator: { store }, local }: Fleet, iot: IoTClient): Asker => {
  const { accountId, region } = local.account;
  return {
    store,
    jobs: createIotRotationJobs(iot, `arn:aws:iot:${region}:${accountId}:thing/`),
    due: { setDue: (thing) => Promise.reject(new Error(`"${thing.thingName}" cannot rotate: it is ${thing.state}`)) },
    hasNext: () => true,
    audit: { emit: () => undefined },
    faults: {
      report: (fault) => {
        throw fault;
      },
    },
    clock: systemClock,
  };
};

const askSome = async (planner: Asker, iot: IoTClient, { id, things }: Pick<RotationJob, 'id' | 'things'>): Promise<void> => {
  const asked = await askDevices(planner, { id, things, perMinute: THINGS_OF_JOB, until: Date.now() + HAS_MS });
  if (asked !== things.length) throw new Error(`Only ${asked} of ${things.length} devices could be asked`);
  await eventually(`job ${id}`, async () => ((await thingsWaiting(iot, id)) === things.length ? true : undefined));
};

const thingsWaiting = async (iot: IoTClient, jobId: RotationId): Promise<number> => {
  const { job } = await iot.send(new DescribeJobCommand({ jobId }));
  return job?.jobProcessDetails?.numberOfQueuedThings ?? 0;
};
