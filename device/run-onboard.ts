import { randomBytes, randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import { claimProverOf } from './claim-prover.ts';
import { systemClock } from './clock.ts';
import { resultOfFailure } from './failure.ts';
import { createFileClaimSource } from './file-claim-source.ts';
import { createFileMeansSource } from './file-means-source.ts';
import { openFileKeyStore, stateFiles } from './file-key-store.ts';
import { createMqttConnector } from './mqttjs-connector.ts';
import { onboard } from './onboard.ts';
import { type OnboardOptions, parseOnboardOptions, trustedRoots } from './onboard-options.ts';
import type { OnboardPorts, OnboardSettings } from './onboarding.ts';
import { exitCodes, type Outcome } from './outcome.ts';
import { describeOutcome, describeProgress } from './report.ts';

const CONNECT_MS = 15_000;
// The hook may take 5 s and the service is throttled by the account, so less would give up on a slow yes.
const ANSWER_MS = 15_000;
const FRACTION_STEPS = 2 ** 32;

/** Where the command writes: a line of text each. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/** `muster-device onboard`, from its raw options to its exit code. */
export const runOnboard = async (rawOptions: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<number> => {
  const outcome = await onboardWith(rawOptions, terminal);
  terminal.error(describeOutcome(outcome));
  if (rawOptions['json'] === true) terminal.out(JSON.stringify({ ...outcome, ...credentialOf(outcome, rawOptions['state']) }));
  return exitCodes[outcome.outcome];
};

const onboardWith = async (rawOptions: unknown, terminal: Terminal): Promise<Outcome> => {
  try {
    const options = parseOnboardOptions(rawOptions);
    return await onboard(settingsOf(options), await portsOf(options, terminal));
  } catch (error) {
    const result = resultOfFailure(error);
    return result.outcome === 'retry' ? { outcome: result.ending, message: result.message } : result;
  }
};

const settingsOf = ({ serial, endpoint, timeout, approvalWait, key, verify, deleteClaim }: OnboardOptions): OnboardSettings => ({
  serialNumber: serial,
  ...(endpoint === undefined ? {} : { endpoint }),
  timeoutMs: timeout,
  ...(approvalWait === undefined ? {} : { approvalWaitMs: approvalWait }),
  answerMs: ANSWER_MS,
  keyKind: key,
  verifies: verify,
  forgetsClaim: deleteClaim,
});

const portsOf = async (options: OnboardOptions, terminal: Terminal): Promise<OnboardPorts> => ({
  store: await openFileKeyStore(options.state),
  claim: createFileClaimSource(claimLocationOf(options)),
  prover: claimProverOf(options.approach),
  means: createFileMeansSource(meansOf(options)),
  connector: createMqttConnector({
    clock: systemClock,
    trust: { roots: await trustedRoots(options.ca), ...(options.serverName === undefined ? {} : { serverName: options.serverName }) },
    version: options.mqttVersion,
    timeoutMs: CONNECT_MS,
  }),
  clock: systemClock,
  random: { fraction: () => randomInt(FRACTION_STEPS) / FRACTION_STEPS, bytes: (count) => randomBytes(count) },
  notify: (progress) => {
    terminal.error(describeProgress(progress));
  },
});

const claimLocationOf = ({ claim, claimCertificate, claimKey, line, template, clientIdPrefix }: OnboardOptions) => ({
  ...(claim === undefined ? {} : { claimFile: claim }),
  ...(claimCertificate === undefined ? {} : { certificate: claimCertificate }),
  ...(claimKey === undefined ? {} : { privateKey: claimKey }),
  ...(line === undefined ? {} : { line }),
  ...(template === undefined ? {} : { template }),
  ...(clientIdPrefix === undefined ? {} : { clientIdPrefix }),
});

const meansOf = ({ enrollmentCode, deviceSecretFile, vendorCertificate, vendorKey }: OnboardOptions) => ({
  ...(enrollmentCode === undefined ? {} : { enrollmentCode }),
  ...(deviceSecretFile === undefined ? {} : { deviceSecretFile }),
  ...(vendorCertificate === undefined ? {} : { vendorCertificate }),
  ...(vendorKey === undefined ? {} : { vendorKey }),
});

// Where the device's other programs find what they connect with.
const credentialOf = ({ outcome }: Outcome, state: unknown) =>
  outcome === 'onboarded' && typeof state === 'string'
    ? { credential: { certificate: resolve(join(state, stateFiles.certificate)), privateKey: resolve(join(state, stateFiles.key)) } }
    : {};
