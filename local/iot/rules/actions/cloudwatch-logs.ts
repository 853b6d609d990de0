import * as z from 'zod';
import { parseOutgoingJson } from './outgoing-json.ts';
import type { ActionSettings } from './action-settings.ts';
import { type RuleAction, targetOf } from './rule-action.ts';

// DG:cloudwatch-logs-rule-action, `batchMode`.
const batch = z.array(z.object({ timestamp: z.number(), message: z.string() }));

const readBatch = (payload: Buffer) => {
  const parsed = batch.safeParse(parseOutgoingJson(payload));
  if (!parsed.success) throw new Error('The outgoing payload is no array of objects with timestamp and message');
  return parsed.data.map(({ timestamp, message }) => ({ timestampMs: timestamp, message }));
};

/** SDK `CloudwatchLogsAction`. */
export function cloudwatchLogsAction(settings: ActionSettings): RuleAction {
  const isBatch = settings.oneOf('batchMode', [false, true]);
  return {
    kind: 'cloudwatchLogs',
    resource: settings.template('logGroupName'),
    words: { deed: 'put log events', service: 'AWSLogs', resourceKind: 'Log Group' },
    roleArn: settings.string('roleArn'),
    perform: async ({ payload, context, resource }, ports) => {
      const events = isBatch ? readBatch(payload) : [{ message: payload.toString(), timestampMs: context.nowMs }];
      await targetOf(ports, 'logs').write(resource, events);
    },
  };
}
