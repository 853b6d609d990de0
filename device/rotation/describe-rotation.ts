import { durationOf } from '../report.ts';
import type { RotationOutcome, RotationProgress } from './rotation-outcome.ts';

/** A step, for somebody who watches. */
export const describeRotationProgress = (progress: RotationProgress): string => {
  switch (progress.step) {
    case 'asked-to-rotate':
      return `Asked for another credential by job ${progress.rotation}.`;
    case 'asking':
      return 'Made a key and stored it; asking what the cloud gives for it.';
    case 'given':
      return 'Received another credential; it is kept beside the old one.';
    case 'proving':
      return 'Connecting with the new credential.';
    case 'proven':
      return 'The new credential is accepted; waiting until the cloud has taken note.';
    case 'taken-over':
      return 'The new credential is in use; the old one is deleted.';
    case 'dropped':
      return 'The old credential stays in use; the new one is deleted.';
    case 'waiting':
      return `${progress.because} Trying again in ${durationOf(progress.ms)}.`;
  }
};

/** The end, for somebody who watches. */
export const describeRotation = (outcome: RotationOutcome): string => {
  switch (outcome.outcome) {
    case 'nothing-to-do':
      return `Nobody asks ${outcome.thingName} for another credential.`;
    case 'rotated':
      return `${outcome.thingName} has another credential, by job ${outcome.rotation}.`;
    case 'kept':
      return `${outcome.thingName} keeps the credential that it has. ${outcome.message}`;
    case 'refused':
      return `Refused. ${outcome.message} The operator's audit log says why.`;
    case 'try-again':
      return `Not done in time; run the same command again. ${outcome.message}`;
    case 'bad-setup':
      return `The set-up of this device is not usable. ${outcome.message}`;
  }
};
