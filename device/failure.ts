import { UnusableMeansError } from '../domain/prover.ts';
import { BadSetupError } from './bad-setup.ts';
import { MqttSessionError } from './mqtt/mqtt-session.ts';
import type { Retry } from './onboarding/onboarding.ts';
import type { Outcome } from './outcome.ts';

/**
 * What a failure means for the run.
 * @throws what is neither the connection's failure nor the set-up's: that is a mistake in this program, or the end of power.
 */
export const resultOfFailure = (error: unknown): Outcome | Retry => {
  if (error instanceof BadSetupError || error instanceof UnusableMeansError) return { outcome: 'bad-setup', message: error.message };
  if (!(error instanceof MqttSessionError)) throw error;
  switch (error.code) {
    case 'refused':
      return { outcome: 'refused', message: error.message };
    case 'untrusted-server':
    case 'bad-identity':
      return { outcome: 'bad-setup', message: error.message };
    case 'clock':
      // A device without a battery learns the time from the network, often after its first programs have started.
      return { outcome: 'retry', message: error.message, ending: 'bad-setup' };
    case 'unreachable':
    case 'lost':
    case 'busy':
    case 'timed-out':
    case 'unusable-answer':
      return { outcome: 'retry', message: error.message, ending: 'try-again' };
  }
};
