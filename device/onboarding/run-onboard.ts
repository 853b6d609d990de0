import { join, resolve } from 'node:path';
import { BadSetupError } from '../bad-setup.ts';
import { systemClock } from '../clock.ts';
import { parseConnectionOnboardOptions } from '../connection-options.ts';
import { resultOfFailure } from '../failure.ts';
import { createFileClaimSource } from '../store/file-claim-source.ts';
import { createFileMeansSource } from '../store/file-means-source.ts';
import { openFileKeyStore, stateFiles } from '../store/file-key-store.ts';
import { onboard } from './onboard.ts';
import { onboardByConnection } from '../connection/onboard-by-connection.ts';
import { type OnboardOptions, parseOnboardOptions } from './onboard-options.ts';
import type { OnboardPorts, OnboardSettings } from './onboarding.ts';
import { exitCodes, type Outcome } from '../outcome.ts';
import { ANSWER_MS, connectorOf, entrancePortsOf, entranceSettingsOf, systemRandom, type Terminal } from '../program-ports.ts';
import { claimProverOf, entranceOf } from '../prover-of.ts';
import { describeOutcome, describeProgress } from '../report.ts';

/** `muster-device onboard`, from its raw options to its exit code. */
export const runOnboard = async (rawOptions: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<number> => {
  const outcome = await onboardWith(rawOptions, terminal);
  terminal.error(describeOutcome(outcome));
  if (rawOptions['json'] === true) terminal.out(JSON.stringify({ ...outcome, ...credentialOf(outcome, rawOptions['state']) }));
  return exitCodes[outcome.outcome];
};

type RawOptions = Readonly<Record<string, unknown>>;

const onboardWith = async (rawOptions: RawOptions, terminal: Terminal): Promise<Outcome> => {
  try {
    return isByConnection(rawOptions) ? await provingItself(rawOptions, terminal) : await byClaim(rawOptions, terminal);
  } catch (error) {
    const result = resultOfFailure(error);
    return result.outcome === 'retry' ? { outcome: result.ending, message: result.message } : result;
  }
};

// Who has a credential file wants to use it; what it says of the approach decides later.
const isByConnection = ({ credentialFile, approach }: RawOptions): boolean =>
  credentialFile !== undefined || (typeof approach === 'string' && entranceOf(approach) === 'connection');

const provingItself = async (rawOptions: RawOptions, terminal: Terminal): Promise<Outcome> => {
  if (rawOptions['credentialFile'] === undefined)
    throw new BadSetupError(
      `Devices of the approach "${String(rawOptions['approach'])}" prove themselves whenever they connect; expected --credential-file with what they prove themselves with.`,
    );
  const options = parseConnectionOnboardOptions(rawOptions);
  const settings = { ...entranceSettingsOf(options), timeoutMs: options.timeout, verifies: options.verify };
  return onboardByConnection(settings, await entrancePortsOf(options, terminal));
};

const byClaim = async (rawOptions: RawOptions, terminal: Terminal): Promise<Outcome> => {
  const options = parseOnboardOptions(rawOptions);
  return onboard(settingsOf(options), await portsOf(options, terminal));
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
  connector: await connectorOf(options),
  clock: systemClock,
  random: systemRandom,
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
const credentialOf = (outcome: Outcome, state: unknown) =>
  outcome.outcome === 'onboarded' && outcome.certificateId !== undefined && typeof state === 'string'
    ? { credential: { certificate: resolve(join(state, stateFiles.certificate)), privateKey: resolve(join(state, stateFiles.key)) } }
    : {};
