import { watchesRefusals } from '../../domain/configuration/configuration-line-settings.ts';
import { IOT_LOG_GROUP } from '../../domain/iot-log-group.ts';
import { type Check, ok, problem } from './check.ts';

/** Whether AWS IoT writes down, where it is read, what lines want listened for. The switch is the account's: Muster does not touch it. */
export const refusedPublishes: Check = {
  name: 'refused-publishes',
  phases: ['before', 'after'],
  run: async ({ account: { iot }, configuration }) => {
    if (!watchesRefusals(configuration)) return [ok('no line wants refused messages listened for')];
    const group = await iot.refusedPublishLog();
    if (group === IOT_LOG_GROUP) return [ok(`AWS IoT logs refused messages to "${group}"`)];
    return [
      group === undefined
        ? problem('AWS IoT does not log refused messages', BLIND, SWITCH_ON)
        : problem(
            `AWS IoT logs refused messages to "${group}"`,
            BLIND,
            `Leave "Publish-In" without a log group of its own; "${IOT_LOG_GROUP}" is read.`,
          ),
    ];
  },
};

const BLIND = 'Lines have `triggers.refusedPublishes`, and nobody sees what they are for.';

const SWITCH_ON = `Make the log group "${IOT_LOG_GROUP}", then: aws iot set-v2-logging-options --role-arn <role> --default-log-level ERROR`;
