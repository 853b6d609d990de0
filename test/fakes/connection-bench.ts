import { BadSetupError } from '../../device/bad-setup.ts';
import { createFileCredentialSource } from '../../device/connection/credential-file.ts';
import type { EntrancePorts } from '../../device/connection/entrance.ts';
import { openFileConnectionStore } from '../../device/connection/file-connection-store.ts';
import { type ConnectionOnboardSettings, onboardByConnection } from '../../device/connection/onboard-by-connection.ts';
import type { Progress } from '../../device/onboarding/onboarding.ts';
import type { Outcome } from '../../device/outcome.ts';
import { DeviceTime } from './device-time.ts';
import { FakeEntrance } from './fake-entrance.ts';
import { Power, powered, poweredConnector } from './power.ts';
import { testProver } from './test-prover.ts';
import { VolatileMedium } from './volatile-medium.ts';

export const credentialFile = '/factory/device.json';

export const connectionSettings: ConnectionOnboardSettings = {
  answerMs: 15_000,
  isToldByClosing: false,
  timeoutMs: 300_000,
  verifies: true,
};

/** What the credential file of the bench says unless told otherwise. */
const given = {
  schemaVersion: 1,
  approach: 'test',
  thingName: 'muster:meter:SN-1',
  authorizer: 'muster-test',
  endpoint: 'broker.example',
};

/** One device beside one cloud, both of which outlive a loss of power. */
export const createConnectionBench = () => {
  const time = new DeviceTime();
  const medium = new VolatileMedium();
  const cloud = new FakeEntrance(time);
  const progress: Progress[] = [];
  const put = async (change: object = {}, mode = 0o600): Promise<void> => {
    await medium.fileSystem.writeThrough(credentialFile, JSON.stringify({ ...given, secret: { keys: ['1'] }, ...change }), mode);
    await medium.fileSystem.syncDirectory('/factory');
  };
  const give = (...keys: readonly string[]): Promise<void> => put({ secret: { keys } });
  const portsWith = async (power: Power): Promise<EntrancePorts> => ({
    credentials: createFileCredentialSource(credentialFile, {}, medium.fileSystem),
    store: await openFileConnectionStore('/state', powered(power, medium.fileSystem)),
    proverOf: (approach) => {
      if (approach === 'test') return testProver();
      throw new BadSetupError(`There is no approach "${approach}".`);
    },
    connector: poweredConnector(power, cloud),
    clock: time,
    random: { fraction: () => 0.5, bytes: (count) => Buffer.alloc(count, 7) },
    fetch: () => Promise.reject(new Error('There is no issuer.')),
    notify: (step) => progress.push(step),
  });
  const run = async (change: Partial<ConnectionOnboardSettings> = {}, power = new Power()): Promise<Outcome> =>
    onboardByConnection({ ...connectionSettings, ...change }, await portsWith(power));
  return { time, medium, cloud, progress, put, give, run, portsWith };
};

export type ConnectionBench = ReturnType<typeof createConnectionBench>;
