import type { ActionSettings, RuleAction } from './rule-action.ts';

/** SDK `CloudwatchLogsAction`. */
export function cloudwatchLogsAction(settings: ActionSettings): RuleAction {
  const logGroupName = settings.string('logGroupName');
  return {
    name: 'CloudwatchLogsAction',
    resource: logGroupName,
    roleArn: settings.string('roleArn'),
    perform: ({ payload, context }, { logs }) => {
      if (logs === undefined) throw new Error('CloudWatch Logs is not part of this environment');
      return logs.write({ logGroupName, message: payload.toString(), timestampMs: context.nowMs });
    },
  };
}
