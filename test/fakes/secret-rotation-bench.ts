import * as z from 'zod';
import { createFileCredentialSource } from '../../device/connection/credential-file.ts';
import { type EntrancePorts, entranceWith } from '../../device/connection/entrance.ts';
import { Outbox } from '../../device/staying/outbox.ts';
import { type StayEnd, type StayPorts, stay } from '../../device/staying/stay.ts';
import { openFileConnectionStore } from '../../device/connection/file-connection-store.ts';
import { openRotatingSecret } from '../../device/rotation/rotating-secret.ts';
import { rotate } from '../../device/rotation/rotate.ts';
import type { RotationOutcome } from '../../device/rotation/rotation-outcome.ts';
import { fileRotationStore } from '../../device/rotation/rotation-store.ts';
import { anEnrollment } from '../builders/enrollment.ts';
import { createCertificateAuthority } from './certificate-authority.ts';
import { namedKeyGate, namedKeyProver } from './named-keys.ts';
import { Power, powered, poweredConnector } from './power.ts';
import { RotationCloud } from './rotation-cloud.ts';
import { VolatileMedium } from './volatile-medium.ts';
import { WorldTime } from './world-time.ts';

const authority = await createCertificateAuthority();
const credentialFile = '/state/device.json';
const fileSchema = z.object({ secret: z.object({ keys: z.array(z.string()) }) });

/** One device that proves itself whenever it connects beside one cloud, both of which outlive a loss of power. */
export const createSecretRotationBench = async () => {
  const time = new WorldTime();
  const medium = new VolatileMedium();
  const enrollment = anEnrollment({ state: 'active', approach: 'psk', requirement: { key: 'first key' } });
  const cloud = new RotationCloud(time, authority, enrollment, namedKeyGate);
  const { thingName } = enrollment;
  const given = { schemaVersion: 1, approach: 'named', thingName, endpoint: 'broker.example', secret: { keys: ['first key'] } };
  await medium.fileSystem.writeThrough(credentialFile, JSON.stringify(given), 0o600);
  await medium.fileSystem.syncDirectory('/state');

  const random = { fraction: () => 0.5, bytes: (count: number) => new Uint8Array(count) };
  const settings = { answerMs: 15_000, isToldByClosing: false };
  const portsWith = async (power: Power): Promise<EntrancePorts> => {
    const fileSystem = powered(power, medium.fileSystem);
    return {
      credentials: createFileCredentialSource(credentialFile, {}, fileSystem),
      store: await openFileConnectionStore('/state', fileSystem),
      proverOf: () => namedKeyProver,
      connector: poweredConnector(power, cloud),
      clock: time,
      random,
      fetch: () => Promise.reject(new Error('Nobody is asked.')),
      notify: () => undefined,
    };
  };
  const run = async (power = new Power(), timeoutMs = 300_000): Promise<RotationOutcome> => {
    const fileSystem = powered(power, medium.fileSystem);
    const entrance = entranceWith(settings, await portsWith(power));
    const credential = await openRotatingSecret({ credentialFile, directory: '/state', fileSystem }, entrance);
    const store = fileRotationStore('/state', fileSystem);
    return rotate({ timeoutMs, answerMs: 15_000 }, { credential, store, clock: time, random, notify: () => undefined });
  };

  /** The device stays connected until it is told to leave, and follows jobs. */
  const stayUntil = async (stop: AbortSignal, deliver: StayPorts['deliver']): Promise<StayEnd> => {
    const ports = await portsWith(new Power());
    const { fileSystem } = medium;
    const outbox = new Outbox({ clock: time, random: random.fraction, atOnce: 20, refused: () => undefined });
    const location = { credentialFile, directory: '/state', fileSystem };
    const rotation = { location, store: fileRotationStore('/state', fileSystem), notify: () => undefined };
    return stay({ ...settings, timeoutMs: 60_000, subscribe: [], keepsSeconds: 60 }, { ...ports, outbox, deliver, stop, rotation });
  };

  /** The keys that the device's other programs find, the newest first. */
  const keys = async () => fileSchema.parse(JSON.parse(await medium.fileSystem.readText(credentialFile))).secret.keys;
  const isLetIn = (key: string): boolean => namedKeyGate.principalFor(key, cloud.enrollment) !== undefined;
  return { time, medium, cloud, run, stayUntil, keys, isLetIn, thingName };
};

export type SecretRotationBench = Awaited<ReturnType<typeof createSecretRotationBench>>;
