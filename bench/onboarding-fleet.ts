import { randomBytes, randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { enroll, closeFleet, makeClaim, openFleet } from '../demo/fleet.ts';
import { deployLocally } from '../demo/local-deployment.ts';
import * as provers from '../device/approaches.ts';
import type { DeviceClaim } from '../device/claim-source.ts';
import { systemClock } from '../device/clock.ts';
import type { KeyStore } from '../device/key-store.ts';
import { createMqttConnector } from '../device/mqttjs-connector.ts';
import { onboard } from '../device/onboard.ts';
import type { OnboardPorts } from '../device/onboarding.ts';
import type { OnboardingRecord } from '../device/onboarding-record.ts';
import type { SerialNumber } from '../domain/serial-number.ts';

/** Muster on a local AWS, with devices that keep their state in memory, as the floor's do. */
export interface OnboardingFleet {
  enroll(serials: readonly SerialNumber[]): Promise<void>;
  onboard(serial: SerialNumber): Promise<void>;
  stop(): Promise<void>;
}

const CONNECT_MS = 15_000;

/** Deploys Muster to a local AWS whose request rates are not limited: AWS's own would be all that is measured. */
export const startOnboardingFleet = async (): Promise<OnboardingFleet> => {
  const deployment = await deployLocally({ local: { iotSettings: { requestRates: 'off' } } });
  const fleet = await openFleet(deployment.local);
  const [line] = fleet.operator.configuration.lines;
  if (line === undefined) throw new Error('The configuration has no line to onboard devices of');
  const { files } = await makeClaim(fleet, line.name, { name: 'bench', quota: 1_000_000 });
  const description = JSON.parse(await readFile(files.claim, 'utf8')) as Pick<DeviceClaim, 'template' | 'clientIdPrefix' | 'line'>;
  const claim: DeviceClaim = {
    ...description,
    endpoint: fleet.endpoint,
    identity: { certificatePem: await readFile(files.certificate, 'utf8'), privateKeyPem: await readFile(files.privateKey, 'utf8') },
  };
  const connector = createMqttConnector({
    clock: systemClock,
    trust: { roots: [deployment.local.rootCa] },
    version: '5',
    timeoutMs: CONNECT_MS,
  });
  return {
    enroll: async (serials) => {
      await enroll(
        fleet,
        line.name,
        serials.map((serial) => ({ serial })),
      );
    },
    onboard: async (serialNumber) => {
      const ports: OnboardPorts = {
        store: storeInMemory(),
        claim: { read: () => Promise.resolve(claim), forget: () => Promise.resolve() },
        prover: provers.pki,
        connector,
        clock: systemClock,
        random: { fraction: () => randomInt(2 ** 32) / 2 ** 32, bytes: (count) => randomBytes(count) },
        notify: () => undefined,
      };
      const outcome = await onboard(
        { serialNumber, timeoutMs: 60_000, answerMs: 15_000, keyKind: 'ec-p256', verifies: true, forgetsClaim: false },
        ports,
      );
      if (outcome.outcome !== 'onboarded') throw new Error(`"${serialNumber}" was not onboarded: ${outcome.message}`);
    },
    stop: async () => {
      await closeFleet(fleet);
      await deployment.stop();
    },
  };
};

const storeInMemory = (): KeyStore => {
  let key: string | undefined;
  let record: OnboardingRecord | undefined;
  let certificate: string | undefined;
  return {
    readKey: () => Promise.resolve(key),
    keepKey: (privateKeyPem) => Promise.resolve((key ??= privateKeyPem)),
    readRecord: () => Promise.resolve(record),
    writeRecord: (next) => {
      record = next;
      return Promise.resolve();
    },
    readCertificate: () => Promise.resolve(certificate),
    writeCertificate: (certificatePem) => {
      certificate = certificatePem;
      return Promise.resolve();
    },
  };
};
