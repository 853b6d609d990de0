import { randomUUID } from 'node:crypto';
import type { RuleContext } from '../../rule-context.ts';
import { asInt } from '../conversions.ts';
import type { SqlValue } from '../sql-expression.ts';
import { sqlFunction, type SqlFunction } from '../sql-function.ts';

// With a number, that level, counted from 1.
function topic([level, ...none]: readonly SqlValue[], context: RuleContext): SqlValue {
  if (level === undefined && none.length === 0) return context.topic;
  const number = asInt(level, context.behaviour);
  return number === undefined ? undefined : context.topic.split('/')[number - 1];
}

function property([name]: readonly SqlValue[], { properties = {} }: RuleContext): SqlValue {
  if (name === 'content_type') return properties.contentType;
  if (name === 'response_topic') return properties.responseTopic;
  if (name === 'correlation_data') return properties.correlationData?.toString('base64');
  if (name !== 'format_indicator') return undefined;
  return properties.payloadFormatIndicator === true ? 'UTF8_DATA' : 'UNSPECIFIED_BYTES';
}

function userProperties(args: readonly SqlValue[], { properties }: RuleContext): SqlValue {
  const all = Object.entries(properties?.userProperties ?? {});
  if (args.length === 0) return all.flatMap(([key, values]) => [values].flat().map((value) => ({ [key]: value })));
  const found = all.find(([key]) => key === args[0]);
  return found === undefined ? undefined : [found[1]].flat();
}

/** What a statement may ask about the message and its sender (DG:iot-sql-functions). */
export const messageFunctions: readonly SqlFunction[] = [
  sqlFunction('topic', [0, 1], { call: topic }),
  sqlFunction('clientid', 0, { call: (_args, { clientId }) => clientId ?? 'n/a' }),
  sqlFunction('principal', 0, { call: (_args, context) => context.principal }),
  sqlFunction('accountid', 0, { call: (_args, { accountId }) => accountId }),
  sqlFunction('timestamp', 0, { call: (_args, { nowMs }) => nowMs }),
  sqlFunction('newuuid', 0, { call: () => randomUUID() }),
  sqlFunction('traceid', 0, { call: (_args, { traceId }) => traceId }),
  sqlFunction('sourceip', 0, { isLater: true, call: (_args, { sourceIp }) => sourceIp }),
  sqlFunction('get_mqtt_property', 1, { call: property }),
  sqlFunction('get_user_properties', [0, 1], { call: userProperties }),
];
