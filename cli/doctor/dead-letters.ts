import { type Check, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

/** Whether anything was given up on. */
export const deadLetters: Check = {
  name: 'dead-letters',
  phases: ['after'],
  run: async ({ account, deployed }) => {
    const queues = (await deployed.resources()).filter(isOfType('AWS::SQS::Queue'));
    const found = await lookAtEach(queues, ({ physicalId: url, logicalId }) => ({
      at: `the queue ${logicalId}`,
      findings: async () => {
        const queue = await account.queue(url);
        if (queue === undefined)
          return [problem(`the queue ${logicalId} is gone`, 'What was to go there is lost.', 'npx cdk deploy --all')];
        if (!queue.isForDeadLetters || queue.messages === 0) return [];
        const why = 'They say what connected, and could not be worked off; they are kept for fourteen days.';
        return [
          problem(
            `${queue.messages} dead letters in ${url}`,
            why,
            'Read why in the log of the function, mend it, and send them back (redrive).',
          ),
        ];
      },
    }));
    return found.length === 0 ? [ok('no dead letters')] : found;
  },
};
