import { AwsError } from '../../aws-error.ts';
import { type Clock, sleep } from '../../clock.ts';

const pauseMs = 500;

/** Asks again for as long as the answer is that a request is in progress, as CloudFormation does. */
export const whenReady = async (clock: Clock, ask: () => Promise<object>): Promise<object> => {
  for (;;) {
    try {
      return await ask();
    } catch (thrown) {
      if (!(thrown instanceof AwsError) || thrown.code !== 'RequestInProgressException') throw thrown;
      await sleep(clock, pauseMs);
    }
  }
};
