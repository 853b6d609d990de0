import type { Progress } from './onboarding.ts';
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
    case 'committed':
      return 'The new credential works and is in place.';
    case 'waiting':
      return `${progress.because} Trying again in ${durationOf(progress.ms)}.`;
  }
};

const durationOf = (ms: number): string => (ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`);

/** The end, for somebody who watches. */
export const describeOutcome = (outcome: Outcome): string => {
  switch (outcome.outcome) {
    case 'onboarded':
      return `${outcome.already ? 'Already onboarded' : 'Onboarded'} as ${outcome.thingName}, certificate ${outcome.certificateId}.`;
    case 'refused':
      return `Refused. ${outcome.message} The operator's audit log says why.`;
    case 'try-again':
      return `Not onboarded in time; run the same command again. ${outcome.message}`;
    case 'bad-setup':
      return `The set-up of this device is not usable. ${outcome.message}`;
  }
};
