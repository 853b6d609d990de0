import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { provePki } from '../../approaches/pki/prove.ts';
import { BadSetupError } from '../../device/bad-setup.ts';
import type { ClaimSource } from '../../device/store/claim-source.ts';
import { openFileKeyStore } from '../../device/store/file-key-store.ts';
import type { MeansSource } from '../../device/store/means-source.ts';
import { onboard } from '../../device/onboarding/onboard.ts';
import type { OnboardPorts, OnboardSettings, Progress } from '../../device/onboarding/onboarding.ts';
import type { Outcome } from '../../device/outcome.ts';
import { lineName } from '../../domain/identifiers.ts';
import type { ProofMeans } from '../../domain/prover.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { createCertificateAuthority } from './certificate-authority.ts';
import { DeviceTime } from './device-time.ts';
import { FakeIotCloud } from './fake-iot-cloud.ts';
import { Power, powered, poweredConnector } from './power.ts';
import { VolatileMedium } from './volatile-medium.ts';

const authority = await createCertificateAuthority();
const claimIdentity = await authority.makeIdentity({ subject: 'CN=Claim' });

export const settings: OnboardSettings = {
  serialNumber: z.parse(serialNumber, 'SN-0001'),
  timeoutMs: 300_000,
  answerMs: 15_000,
  keyKind: 'ec-p256',
  verifies: true,
  forgetsClaim: false,
};

/** One device beside one cloud, both of which outlive a loss of power. */
export const createOnboardingBench = () => {
  const time = new DeviceTime();
  const medium = new VolatileMedium();
  const cloud = new FakeIotCloud({ authority, claim: claimIdentity, time, template: 'muster-sensor', thingName: 'muster:sensor:SN-0001' });
  const claim: { isThere: boolean; approval?: 'operator' } = { isThere: true };
  const given: { means?: ProofMeans } = {};
  const progress: Progress[] = [];
  const claimSource: ClaimSource = {
    read: async () => {
      if (!claim.isThere) throw new BadSetupError('The claim is gone.');
      return Promise.resolve({
        identity: claimIdentity,
        endpoint: 'broker.example:8883',
        line: z.parse(lineName, 'sensor'),
        template: 'muster-sensor',
        clientIdPrefix: 'muster-claim-sensor-',
        ...(claim.approval === undefined ? {} : { approval: claim.approval }),
      });
    },
    forget: async () => {
      claim.isThere = false;
      return Promise.resolve();
    },
  };
  const means: MeansSource = { read: async () => Promise.resolve(given.means) };
  const portsWith = async (power: Power): Promise<OnboardPorts> => ({
    store: await openFileKeyStore('/state', powered(power, medium.fileSystem)),
    claim: powered(power, claimSource),
    prover: powered(power, provePki),
    means: powered(power, means),
    connector: poweredConnector(power, cloud),
    clock: time,
    random: { fraction: () => 0.5, bytes: (count) => randomBytes(count) },
    notify: (step) => progress.push(step),
  });
  const run = async (change: Partial<OnboardSettings> = {}, power = new Power()): Promise<Outcome> =>
    onboard({ ...settings, ...change }, await portsWith(power));
  return { time, medium, cloud, claim, given, progress, run, portsWith, claimIdentity };
};

export type OnboardingBench = ReturnType<typeof createOnboardingBench>;
