import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { provePki } from '../../approaches/pki/prove.ts';
import { eventually } from '../../demo/eventually.ts';
import { certificateIdOf } from '../../device/store/certificate-id.ts';
import { systemClock } from '../../device/clock.ts';
import { openFileKeyStore } from '../../device/store/file-key-store.ts';
import { isPair } from '../../device/store/key-pair.ts';
import type { MqttConnector, MqttSession } from '../../device/mqtt/mqtt-session.ts';
import { createMqttConnector } from '../../device/mqtt/mqttjs-connector.ts';
import { rotate } from '../../device/rotation/rotate.ts';
import { openRotatingCertificate } from '../../device/rotation/rotating-certificate.ts';
import type { RotationOutcome } from '../../device/rotation/rotation-outcome.ts';
import { fileRotationStore } from '../../device/rotation/rotation-store.ts';
import { type Device, bringIn } from '../e2e/drivers/devices.ts';
import { beginRotation, whenItIs, whenItsJobHas } from '../e2e/drivers/rotations.ts';
import type { Stage } from '../e2e/drivers/stage.ts';
import { Power, PowerCut, powered, poweredConnector } from '../fakes/power.ts';
import { VolatileMedium } from '../fakes/volatile-medium.ts';

const AT_ONCE = 8;
const BROUGHT_IN_AT_ONCE = 20;
/** A rotation has more moments, but those at the end are many times a file's. */
const MOMENTS = 200;
const CUTS_AT_MOST = 3;
const RUNS_AT_MOST = 20;
const JOB_MS = 500;

export interface WireWishes {
  readonly line: string;
  /** Begins every serial; no other device's begins with it. */
  readonly name: string;
  readonly count: number;
  /** From 0 up to but not 1. */
  readonly random: () => number;
  readonly told?: (done: number) => void;
}

/** How rotations on the wire went. */
export interface WireReport {
  readonly rotated: number;
  readonly runs: number;
  readonly cuts: number;
  /** A device and what is wrong with it. */
  readonly faults: readonly string[];
}

/** Brings devices in and has each rotate, with power cuts at random moments, over TLS and MQTT against what is deployed. */
export const rotateOnTheWire = async (stage: Stage, wishes: WireWishes): Promise<WireReport> => {
  const { line, name, count } = wishes;
  const serials = Array.from({ length: count }, (_, index) => `${name}-${index}`);
  const devices: { serial: string; device: Device }[] = [];
  for (let from = 0; from < count; from += BROUGHT_IN_AT_ONCE) {
    const some = serials.slice(from, from + BROUGHT_IN_AT_ONCE);
    const brought = await bringIn(
      stage,
      line,
      some.map((serial) => ({ serial })),
    );
    for (const [index, device] of brought.entries()) devices.push({ serial: some[index] ?? '', device });
  }
  const sum = { rotated: 0, runs: 0, cuts: 0, faults: [] as string[] };
  const worker = async (): Promise<void> => {
    for (let next = devices.shift(); next !== undefined; next = devices.shift()) {
      const { runs, cuts, faults } = await rotateOne(stage, { line, ...next }, wishes.random);
      sum.runs += runs;
      sum.cuts += cuts;
      sum.rotated += faults.length === 0 ? 1 : 0;
      sum.faults.push(...faults.map((fault) => `${name}: ${fault}`));
      wishes.told?.(sum.rotated);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return sum;
};

interface Named {
  readonly line: string;
  readonly serial: string;
  readonly device: Device;
}

const rotateOne = async (stage: Stage, named: Named, random: () => number) => {
  const { device } = named;
  const medium = await mediumOf(stage, named);
  const rotation = await beginRotation(stage, named);
  const sessions = new Set<MqttSession>();
  const connector = remembering(connectorTo(stage), sessions);
  let [runs, cuts] = [0, 0];
  while (runs < RUNS_AT_MOST && (await stageOf(medium)) !== 'ended') {
    runs += 1;
    const power = new Power(cuts < CUTS_AT_MOST && random() < 0.7 ? 1 + Math.floor(random() * MOMENTS) : Infinity);
    const outcome = await runOnce(medium, connector, power);
    if (outcome === 'cut') {
      cuts += 1;
      medium.recover(() => random() < 0.5);
    }
    // A job takes a while to reach its device.
    if (outcome === 'nothing-to-do') await systemClock.sleep(JOB_MS);
  }
  await Promise.all([...sessions].map((session) => session.close()));
  await whenItsJobHas(stage, 'SUCCEEDED', device.thingName, rotation);
  return { runs, cuts, faults: await faultsOf(stage, named, medium) };
};

const mediumOf = async ({ fleet }: Stage, { serial, device }: Named): Promise<VolatileMedium> => {
  const medium = new VolatileMedium();
  const store = await openFileKeyStore('/state', medium.fileSystem);
  const { certificateId, thingName, identity } = device;
  await store.keepKey(identity.privateKeyPem);
  await store.writeCertificate(identity.certificatePem);
  const registration = { certificateId, thingName, certificatePem: identity.certificatePem, endpoint: fleet.endpoint };
  await store.writeRecord({ schemaVersion: 1, serialNumber: serial, stage: 'onboarded', registration });
  return medium;
};

const connectorTo = ({ shared }: Stage): MqttConnector =>
  createMqttConnector({ clock: systemClock, trust: { roots: [shared.rootCa] }, version: '5', timeoutMs: 15_000 });

// What a power cut leaves open on this side is closed at the end; the next connection of the device has taken its place.
const remembering = (connector: MqttConnector, sessions: Set<MqttSession>): MqttConnector => ({
  connect: async (request) => {
    const session = await connector.connect(request);
    sessions.add(session);
    return session;
  },
});

const stageOf = async ({ fileSystem }: VolatileMedium) => (await fileRotationStore('/state', fileSystem).read())?.stage;

const runOnce = async (medium: VolatileMedium, connector: MqttConnector, power: Power): Promise<RotationOutcome['outcome'] | 'cut'> => {
  const fileSystem = powered(power, medium.fileSystem);
  try {
    const ports = { fileSystem, prover: provePki, connector: poweredConnector(power, connector) };
    const credential = await openRotatingCertificate({ directory: '/state', keyKind: 'ec-p256' }, ports);
    const store = fileRotationStore('/state', fileSystem);
    const random = { fraction: Math.random };
    const settings = { timeoutMs: 60_000, answerMs: 15_000 };
    return (await rotate(settings, { credential, store, clock: systemClock, random, notify: () => undefined })).outcome;
  } catch (error) {
    if (error instanceof PowerCut) return 'cut';
    throw error;
  }
};

const faultsOf = async (stage: Stage, named: Named, { fileSystem }: VolatileMedium): Promise<readonly string[]> => {
  const [key, certificate] = await Promise.all(
    ['device.private-key.pem', 'device.certificate.pem'].map((file) => fileSystem.readText(`/state/${file}`)),
  );
  const isSettled = (enrollment: { state: string; toRetire: readonly string[] }) =>
    enrollment.state === 'active' && enrollment.toRetire.length === 0;
  const { certificates, certificateInUse } = await whenItIs(stage, named, 'the end of its rotation', isSettled);
  const id = certificateIdOf(certificate ?? '');
  const checks: readonly (readonly [string, boolean])[] = [
    ['certificate and key do not fit', isPair(certificate, key)],
    ['it has no other certificate', id !== named.device.certificateId],
    ['it does not use the one that the cloud knows', id === certificateInUse],
    [`${certificates.length} certificates are on record`, certificates.length === 1],
    ['the old certificate is still there', await isGone(stage, named.device.certificateId)],
  ];
  return checks.filter(([, isRight]) => !isRight).map(([fault]) => `${named.serial}: ${fault}`);
};

const isGone = ({ iot }: Stage, certificateId: string): Promise<boolean> =>
  eventually('the retirement of the old certificate', async () => {
    try {
      const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
      return certificateDescription?.status === 'ACTIVE' ? undefined : true;
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return true;
      throw error;
    }
  });
