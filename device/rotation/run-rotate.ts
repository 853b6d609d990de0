import { systemClock } from '../clock.ts';
import { resultOfFailure } from '../failure.ts';
import { nodeFileSystem } from '../store/file-system.ts';
import type { ConnectionOptions } from '../connection-options.ts';
import { entranceWith } from '../connection/entrance.ts';
import { ANSWER_MS, connectorOf, entrancePortsOf, entranceSettingsOf, systemRandom, type Terminal } from '../program-ports.ts';
import { claimProverOf } from '../prover-of.ts';
import { describeRotation, describeRotationProgress } from './describe-rotation.ts';
import { parseRotateOptions, type RotateOptions } from './rotate-options.ts';
import { rotate } from './rotate.ts';
import { openRotatingCertificate } from './rotating-certificate.ts';
import type { RotatingCredential } from './rotating-credential.ts';
import { openRotatingSecret } from './rotating-secret.ts';
import { rotationExitCodes, type RotationOutcome } from './rotation-outcome.ts';
import { fileRotationStore } from './rotation-store.ts';

/** `muster-device rotate`, from its raw options to its exit code. */
export const runRotate = async (rawOptions: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<number> => {
  const outcome = await rotateWith(rawOptions, terminal);
  terminal.error(describeRotation(outcome));
  if (rawOptions['json'] === true) terminal.out(JSON.stringify(outcome));
  return rotationExitCodes[outcome.outcome];
};

const rotateWith = async (rawOptions: unknown, terminal: Terminal): Promise<RotationOutcome> => {
  try {
    const options = parseRotateOptions(rawOptions);
    const { state, timeout, credentialFile } = options;
    const credential =
      credentialFile === undefined ? await openCertificate(options) : await openSecret({ ...options, credentialFile }, terminal);
    const notify = (progress: Parameters<typeof describeRotationProgress>[0]) => {
      terminal.error(describeRotationProgress(progress));
    };
    const ports = { credential, store: fileRotationStore(state), clock: systemClock, random: systemRandom, notify };
    return await rotate({ timeoutMs: timeout, answerMs: ANSWER_MS }, ports);
  } catch (error) {
    const result = resultOfFailure(error);
    if (result.outcome === 'onboarded') throw error;
    return { outcome: result.outcome === 'retry' ? result.ending : result.outcome, message: result.message };
  }
};

const openCertificate = async (options: RotateOptions): Promise<RotatingCredential> => {
  const { state, endpoint, key } = options;
  return openRotatingCertificate(
    { directory: state, keyKind: key, ...(endpoint === undefined ? {} : { endpoint }) },
    { fileSystem: nodeFileSystem, prover: claimProverOf('pki'), connector: await connectorOf(options) },
  );
};

const openSecret = async (options: ConnectionOptions, terminal: Terminal): Promise<RotatingCredential> => {
  const entrance = entranceWith(entranceSettingsOf(options), await entrancePortsOf(options, terminal));
  return openRotatingSecret({ credentialFile: options.credentialFile, directory: options.state, fileSystem: nodeFileSystem }, entrance);
};
