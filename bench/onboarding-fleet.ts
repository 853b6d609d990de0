import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { MQTT_HOST, type Fleet, type ImportedSerial, closeFleet, enroll, makeClaim, openFleet } from '../demo/fleet.ts';
import { deployLocally } from '../demo/local-deployment.ts';
import * as provers from '../device/approaches.ts';
import { claimFileSchema } from '../device/store/claim-file.ts';
import type { ClaimSource, DeviceClaim } from '../device/store/claim-source.ts';
import { systemClock } from '../device/clock.ts';
import { openFileKeyStore } from '../device/store/file-key-store.ts';
import type { FileSystem } from '../device/store/file-system.ts';
import type { MqttConnector } from '../device/mqtt/mqtt-session.ts';
import { createMqttConnector } from '../device/mqtt/mqttjs-connector.ts';
import { onboard } from '../device/onboarding/onboard.ts';
import type { OnboardPorts } from '../device/onboarding/onboarding.ts';
import { systemRandom } from '../device/program-ports.ts';
import type { LineName } from '../domain/identifiers.ts';
import type { SerialNumber } from '../domain/serial-number.ts';
import type { LocalAws } from '../local/main.ts';
import { memoryFileSystem } from './memory-file-system.ts';

/** Muster on a local AWS, with devices that keep their state in memory, as the floor's do. */
export interface OnboardingFleet {
  readonly fleet: Fleet;
  readonly local: LocalAws;
  /** How its devices connect. */
  readonly connector: MqttConnector;
  /** Where they keep their state, each in the directory of its serial. */
  readonly fileSystem: FileSystem;
  enroll(serials: readonly ImportedSerial[]): Promise<void>;
  onboard(serial: SerialNumber): Promise<void>;
  stop(): Promise<void>;
}

export const directoryOf = (serial: SerialNumber): string => `/devices/${serial}`;

const CONNECT_MS = 15_000;
/** As many batches are onboarded at once: the admissions of one claim take turns at its item. */
const CLAIMS = 16;

/**
 * Deploys Muster to a local AWS whose request rates are not limited: AWS's own would be all that is measured.
 * @param configurationFile of one line, whose devices make their keys when they come, as those of the floor do
 */
export const startOnboardingFleet = async (configurationFile: string): Promise<OnboardingFleet> => {
  const deployment = await deployLocally({
    local: { iotSettings: { requestRates: 'off', operationRates: 'off', brokerRates: 'off', jobRequestRates: 'off' } },
    configurationFile,
  });
  const environment = { ...deployment.local.environment, MUSTER_CONFIG: configurationFile };
  const fleet = await openFleet({ ...deployment.local, environment });
  const [line] = fleet.operator.configuration.lines;
  if (line === undefined) throw new Error('The configuration has no line to onboard devices of');
  // One after another, as an operator makes them: AWS IoT takes few such calls a second.
  const claims: DeviceClaim[] = [];
  for (let index = 0; index < CLAIMS; index += 1) claims.push(await readClaim(fleet, line.name, `bench-${String(index)}`));
  const connector = createMqttConnector({
    clock: systemClock,
    // The floor dials an address too: looking a name up is not part of onboarding.
    trust: { roots: [deployment.local.rootCa], serverName: MQTT_HOST },
    version: '5',
    timeoutMs: CONNECT_MS,
  });
  const fileSystem = memoryFileSystem();
  return {
    ...{ fleet, local: deployment.local, connector, fileSystem },
    enroll: async (serials) => {
      await enroll(fleet, line.name, serials);
    },
    onboard: async (serialNumber) => {
      const ports: OnboardPorts = {
        store: await openFileKeyStore(directoryOf(serialNumber), fileSystem),
        claim: claimSource(claims),
        prover: provers.pki,
        connector,
        clock: systemClock,
        random: systemRandom,
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

const readClaim = async (fleet: Fleet, line: LineName, name: string): Promise<DeviceClaim> => {
  const { files } = await makeClaim(fleet, line, { name, quota: 1_000_000 });
  const description = claimFileSchema.parse(JSON.parse(await readFile(files.claim, 'utf8')));
  const identity = { certificatePem: await readFile(files.certificate, 'utf8'), privateKeyPem: await readFile(files.privateKey, 'utf8') };
  return { ...description, identity, endpoint: `127.0.0.1:${fleet.local.mqtt.port}` };
};

const claimSource = (claims: readonly DeviceClaim[]): ClaimSource => ({
  read: () => {
    const claim = claims[randomInt(claims.length)];
    return claim === undefined ? Promise.reject(new Error('There is no claim')) : Promise.resolve(claim);
  },
  forget: () => Promise.resolve(),
});
