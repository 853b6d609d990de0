import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { MessageProperties } from '../connection.ts';
import type { SqlValue } from './sql/sql-expression.ts';

/** What AWS does not publish about topic rules. */
export type RuleBehaviour = Pick<IotBehaviour, Extract<keyof IotBehaviour, `rules.${string}`>>;

/** DG:iot-rule-sql-version; a rule that names none has the first. */
export type SqlVersion = '2015-10-08' | '2016-03-23' | 'beta';

/** The message that a rule looks at. */
export interface RuleContext {
  /** The payload's JSON object; undefined when the payload is anything else (DG:iot-sql-json). */
  readonly json: Readonly<Record<string, SqlValue>> | undefined;
  readonly rawPayload: Buffer;
  readonly topic: string;
  /** Undefined when a service published the message. */
  readonly clientId: string | undefined;
  readonly principal: string | undefined;
  readonly sourceIp: string | undefined;
  /** Undefined for a message that did not come over MQTT. */
  readonly traceId: string | undefined;
  /** Of MQTT 5. */
  readonly properties: MessageProperties | undefined;
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  readonly behaviour: RuleBehaviour;
}
