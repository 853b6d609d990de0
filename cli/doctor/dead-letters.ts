import { stackNames } from '../../domain/stack-names.ts';
import { type Check, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

const ofConnections = {
  why: 'They say what connected, and could not be worked off; they are kept for fourteen days.',
  fix: 'Read why in the log of the function, mend it, and send them back (redrive).',
};

// Lambda sends these by itself, so that the queue is nobody's for dead letters by SQS's own record.
const ofIntake = {
  why: 'They are events that could not be stored to be sealed; they are kept for fourteen days.',
  fix: 'Each says why, and so does the log of the function. Mend that, then: npx muster audit redrive',
};

/** Whether anything was given up on. */
export const deadLetters: Check = {
  name: 'dead-letters',
  phases: ['after'],
  run: async ({ account, configuration, deployed }) => {
    const queues = (await deployed.resources()).filter(isOfType('AWS::SQS::Queue'));
    const found = await lookAtEach(queues, ({ physicalId: url, logicalId, stack }) => ({
      at: `the queue ${logicalId}`,
      findings: async () => {
        const queue = await account.queue(url);
        if (queue === undefined)
          return [problem(`the queue ${logicalId} is gone`, 'What was to go there is lost.', 'npx cdk deploy --all')];
        const isOfIntake = stack === stackNames(configuration.prefix).audit && logicalId.startsWith('Intake');
        if (queue.messages === 0 || !(queue.isForDeadLetters || isOfIntake)) return [];
        const { why, fix } = isOfIntake ? ofIntake : ofConnections;
        return [problem(`${queue.messages} dead letters in ${url}`, why, fix)];
      },
    }));
    return found.length === 0 ? [ok('no dead letters')] : found;
  },
};
