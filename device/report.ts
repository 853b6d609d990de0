import type { Progress } from './onboarding/onboarding.ts';
import type { Outcome } from './outcome.ts';

/** A step, for somebody who watches. */
export const describeProgress = (progress: Progress): string => {
  switch (progress.step) {
    case 'key-made':
      return 'Made a private key and stored it.';
    case 'connecting-with-claim':
      return 'Connecting with the claim.';
    case 'certificate-issued':
      return 'Received a certificate; asking to be registered.';
    case 'registered':
      return `Registered as ${progress.thingName}.`;
    case 'proving':
      return `Connecting as ${progress.thingName} with the new credential.`;
    case 'proving-itself':
      return `Connecting as ${progress.thingName} with a fresh proof.`;
    case 'connected':
      return `Connected as ${progress.thingName}.`;
    case 'not-renewed':
      return `There is no fresh proof yet. ${progress.because}`;
    case 'committed':
      return 'The credential works; this is on record.';
    case 'waiting':
      return `${progress.because} Trying again in ${durationOf(progress.ms)}.`;
  }
};

/** For people: to a tenth of a second, or of a minute. */
export const durationOf = (ms: number): string => (ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`);

/** The end, for somebody who watches. */
export const describeOutcome = (outcome: Outcome): string => {
  switch (outcome.outcome) {
    case 'onboarded':
      return `${outcome.already ? 'Already onboarded' : 'Onboarded'} as ${outcome.thingName}, ${credentialIn(outcome)}.`;
    case 'refused':
      return `Refused. ${outcome.message} The operator's audit log says why.`;
    case 'try-again':
      return `Not onboarded in time; run the same command again. ${outcome.message}`;
    case 'bad-setup':
      return `The set-up of this device is not usable. ${outcome.message}`;
  }
};

const credentialIn = ({ certificateId, approach }: Extract<Outcome, { outcome: 'onboarded' }>): string =>
  certificateId === undefined ? `which proves itself by ${approach ?? 'its credential'}` : `certificate ${certificateId}`;
