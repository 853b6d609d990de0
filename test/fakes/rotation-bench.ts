import { X509Certificate } from 'node:crypto';
import { provePki } from '../../approaches/pki/prove.ts';
import { openFileKeyStore } from '../../device/store/file-key-store.ts';
import { isPair } from '../../device/store/key-pair.ts';
import { rotate } from '../../device/rotation/rotate.ts';
import { openRotatingCertificate } from '../../device/rotation/rotating-certificate.ts';
import type { RotationOutcome } from '../../device/rotation/rotation-outcome.ts';
import { fileRotationStore } from '../../device/rotation/rotation-store.ts';
import { certificateIdOf } from '../../device/store/certificate-id.ts';
import { keyDigest } from '../../domain/identifiers.ts';
import * as z from 'zod/mini';
import { anEnrollment, aCertificate } from '../builders/enrollment.ts';
import { createCertificateAuthority, digestOf } from './certificate-authority.ts';
import { Power, powered, poweredConnector } from './power.ts';
import { RotationCloud } from './rotation-cloud.ts';
import { VolatileMedium } from './volatile-medium.ts';
import { WorldTime } from './world-time.ts';

const authority = await createCertificateAuthority();

const places = ['/state', '/state/credential-a', '/state/credential-b'];
const names = { key: 'device.private-key.pem', certificate: 'device.certificate.pem' };

/** One device that came in by claim beside one cloud, both of which outlive a loss of power. */
export const createRotationBench = async (random: () => number = () => 0.5) => {
  const time = new WorldTime();
  const medium = new VolatileMedium();
  const first = await authority.makeIdentity({ subject: 'CN=SN-1' });
  const id = certificateIdOf(first.certificatePem);
  const key = z.parse(keyDigest, digestOf(new X509Certificate(first.certificatePem).publicKey.export({ type: 'spki', format: 'der' })));
  const certificate = aCertificate('first', { id, key, issuedAt: time.cloudNow });
  const cloud = new RotationCloud(
    time,
    authority,
    anEnrollment({ state: 'active', boundKey: key, certificates: [certificate], certificateInUse: id }),
  );
  const { thingName } = cloud.enrollment;
  const store = await openFileKeyStore('/state', medium.fileSystem);
  await store.keepKey(first.privateKeyPem);
  await store.writeCertificate(first.certificatePem);
  const registration = { certificateId: id, certificatePem: first.certificatePem, thingName, endpoint: 'broker.example' };
  await store.writeRecord({ schemaVersion: 1, serialNumber: 'SN-1', stage: 'onboarded', registration });

  const run = async (power = new Power(), timeoutMs = 300_000): Promise<RotationOutcome> => {
    const fileSystem = powered(power, medium.fileSystem);
    const ports = { fileSystem, prover: powered(power, provePki), connector: poweredConnector(power, cloud) };
    const credential = await openRotatingCertificate({ directory: '/state', keyKind: 'ec-p256' }, ports);
    const clock = time;
    return rotate(
      { timeoutMs, answerMs: 15_000 },
      { credential, store: fileRotationStore('/state', fileSystem), clock, random: { fraction: random }, notify: () => undefined },
    );
  };

  const textAt = (path: string): Promise<string | undefined> => medium.fileSystem.readText(path).catch(() => undefined);
  const pairAt = async (folder: string) => ({
    certificate: await textAt(`${folder}/${names.certificate}`),
    key: await textAt(`${folder}/${names.key}`),
  });
  /** The pair that the device's other programs find. */
  const inUse = () => pairAt('/state');
  /** Every certificate on the device for which it has the key. */
  const held = async (): Promise<readonly string[]> => {
    const pairs = await Promise.all(places.map(pairAt));
    return pairs.flatMap((pair) => (isPair(pair.certificate, pair.key) && pair.certificate !== undefined ? [pair.certificate] : []));
  };
  /** What is on record on the device. */
  const rotation = () => fileRotationStore('/state', medium.fileSystem).read();
  return { rotation, time, medium, cloud, run, inUse, held, first, thingName };
};

export type RotationBench = Awaited<ReturnType<typeof createRotationBench>>;
