import { type Check, type Finding, note, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

/** Whether anybody hears of alarms. */
export const alarmSubscriptions: Check = {
  name: 'alarm-subscriptions',
  phases: ['after'],
  run: async ({ account, deployed }) =>
    lookAtEach((await deployed.resources()).filter(isOfType('AWS::SNS::Topic')), ({ physicalId: topic }) => ({
      at: `the subscriptions of ${topic}`,
      findings: async () => {
        const subscriptions = await account.subscriptions(topic);
        if (subscriptions.length === 0)
          return [
            note(
              'nobody is told of alarms',
              `No one subscribed to ${topic}.`,
              'Set alarms.email in the configuration, or subscribe to the topic.',
            ),
          ];
        return subscriptions.map(judge);
      },
    })),
};

const judge = ({ endpoint, isConfirmed }: { readonly endpoint: string; readonly isConfirmed: boolean }): Finding =>
  isConfirmed
    ? ok(`${endpoint} is told of alarms`)
    : problem(
        `${endpoint} is not told of alarms yet`,
        'SNS waits for its yes.',
        'Follow the link in the mail from AWS; where it is older than three days, subscribe again.',
      );
