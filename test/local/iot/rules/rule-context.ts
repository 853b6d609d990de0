import { createBehaviour, type BehaviourCapture } from '../../../../local/iot/behaviour/behaviour.ts';
import type { RuleContext, SqlVersion } from '../../../../local/iot/rules/rule-context.ts';
import type { SqlDialect } from '../../../../local/iot/rules/sql/sql-dialect.ts';

/** A message from the client l1 on lamps/l1/state, with an empty JSON object unless something else is given. */
export const ruleContext = (rest: Partial<RuleContext> = {}): RuleContext => ({
  json: {},
  rawPayload: Buffer.from(JSON.stringify(rest.json ?? {})),
  topic: 'lamps/l1/state',
  clientId: 'l1',
  principal: 'c0ffee',
  sourceIp: '192.0.2.1',
  traceId: '7e146a2c-95b5-6caf-98b9-50e3969734c7',
  properties: undefined,
  accountId: '123456789012',
  nowMs: 1_700_000_000_000,
  behaviour: createBehaviour(),
  ...rest,
});

export const dialect = (version: SqlVersion = '2016-03-23', capture: BehaviourCapture = {}): SqlDialect => ({
  version,
  behaviour: createBehaviour(capture),
});
