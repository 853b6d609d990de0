import { askForCredential } from './ask-for-credential.ts';
import { BadSetupError } from '../bad-setup.ts';
import { resultOfFailure } from '../failure.ts';
import { type Held, isEnd, type Onboarding, type OnboardPorts, type OnboardSettings, type Retry, type StepResult } from './onboarding.ts';
import type { OnboardingRecord } from './onboarding-record.ts';
import type { Outcome } from '../outcome.ts';
import { confirmCredential, proveCredential, testUnanswered } from './prove-credential.ts';
import { tryInTime } from '../try-in-time.ts';

/**
 * Turns a device that holds a claim into one that holds a credential of its own. It may be called at any time and as often
 * as one likes: it goes on where an earlier run was cut off, and ends at once when there is nothing left to do.
 */
export const onboard = async (settings: OnboardSettings, ports: OnboardPorts): Promise<Outcome> => {
  for (;;) {
    const result = await onboardInTime({ settings, ports, deadline: ports.clock.now() + settings.timeoutMs });
    if (result.outcome !== 'held') return result;
    ports.notify({ step: 'waiting', ms: result.ms, because: 'An operator must approve this device first.' });
    await ports.clock.sleep(result.ms);
  }
};

const onboardInTime = (onboarding: Onboarding): Promise<Outcome | Held> =>
  tryInTime({ ...onboarding.ports, deadline: onboarding.deadline }, () => attempt(onboarding));

const attempt = async (onboarding: Onboarding): Promise<Outcome | Retry | Held> => {
  try {
    let result: StepResult = await readRecord(onboarding);
    while (!isEnd(result)) result = await stepFrom(onboarding, result);
    return result;
  } catch (error) {
    return resultOfFailure(error);
  }
};

const stepFrom = (onboarding: Onboarding, record: OnboardingRecord): Promise<StepResult> => {
  switch (record.stage) {
    case 'asking':
      return askForCredential(onboarding, record);
    case 'unanswered':
      return testUnanswered(onboarding, record);
    case 'registered':
      return proveCredential(onboarding, record);
    case 'onboarded':
      return confirmCredential(onboarding, record);
  }
};

const readRecord = async ({ settings, ports }: Onboarding): Promise<OnboardingRecord> => {
  const { serialNumber } = settings;
  const record = await ports.store.readRecord();
  if (record !== undefined && record.serialNumber !== serialNumber) {
    throw new BadSetupError(
      `The state directory is that of serial number "${record.serialNumber}", not of "${serialNumber}"; give each device a directory of its own.`,
    );
  }
  return record ?? { schemaVersion: 1, serialNumber, stage: 'asking' };
};
