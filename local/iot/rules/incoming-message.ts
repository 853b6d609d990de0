import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IotConnection, IotMessage } from '../connection.ts';
import type { RuleContext } from './rule-context.ts';
import { isObject } from './sql/conversions.ts';
import { readJsonValue } from './sql/json-value.ts';

function readJson(payload: Buffer): RuleContext['json'] {
  const value = isUtf8(payload) ? readJsonValue(payload.toString()) : undefined;
  return isObject(value) ? value : undefined;
}

/** Where a message is to be looked at. */
export interface Destination {
  readonly topic: string;
  /** With Basic Ingest, the only rule that is run, whatever its FROM says. */
  readonly ruleName: string | undefined;
}

/** `$aws/rules/<rule>/<topic>` → that rule and the rest as topic (DG:iot-basic-ingest). */
export function readDestination(topic: string): Destination {
  const [, ruleName, rest] = /^\$aws\/rules\/([^/]+)\/?(.*)$/s.exec(topic) ?? [];
  return ruleName === undefined ? { topic, ruleName } : { topic: rest ?? '', ruleName };
}

interface Arrival {
  /** As rules see it. */
  readonly topic: string;
  readonly message: IotMessage;
  readonly publisher: IotConnection | undefined;
}

/** A message as rules look at it. */
export const ruleContextOf = (
  { topic, message, publisher }: Arrival,
  surroundings: Pick<RuleContext, 'accountId' | 'nowMs' | 'behaviour'>,
): RuleContext => ({
  json: readJson(message.payload),
  rawPayload: message.payload,
  topic,
  clientId: publisher?.clientId,
  principal: publisher?.principalId,
  sourceIp: publisher?.sourceIp,
  traceId: publisher === undefined ? undefined : randomUUID(),
  properties: message.properties,
  ...surroundings,
});
