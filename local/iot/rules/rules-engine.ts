import type { Clock } from '../../clock.ts';
import { filterMatches } from '../broker/topic-matching.ts';
import type { IotConnection, IotMessage, MessageObserver } from '../connection.ts';
import type { ActionPorts } from './actions/rule-action.ts';
import { createRuleCompiler } from './compiled-rule.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { performRule } from './perform-rule.ts';
import { createRuleReport, type RuleReportPorts } from './rule-report.ts';
import type { RuleDefinition } from './rule-definition.ts';
import type { RuleContext } from './sql/sql-functions.ts';
import type { SqlValue } from './sql/sql-expression.ts';

export interface RulesEngineOptions extends ActionPorts, RuleReportPorts {
  readonly clock: Clock;
  /** The account's rules as they are now. */
  readonly rules: () => readonly RuleDefinition[];
}

export interface RulesEngine extends MessageObserver {
  /** Resolves when every action begun so far, and what those set off, has ended. */
  idle(): Promise<void>;
}

type JsonObject = Readonly<Record<string, SqlValue>>;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function readJson(payload: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(payload.toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

interface Incoming {
  readonly topic: string;
  /** With Basic Ingest, the only rule that is run, whatever its FROM says. */
  readonly ruleName: string | undefined;
}

/** `$aws/rules/<rule>/<topic>` → that rule and the rest as topic (DG:iot-basic-ingest). */
function readTopic(topic: string): Incoming {
  const [, ruleName, rest] = /^\$aws\/rules\/([^/]+)\/?(.*)$/.exec(topic) ?? [];
  return ruleName === undefined ? { topic, ruleName } : { topic: rest ?? '', ruleName };
}

const isConcerned = (rule: CompiledRule, { topic, ruleName }: Incoming): boolean =>
  ruleName === undefined ? rule.statement !== undefined && filterMatches(rule.statement.topicFilter, topic) : rule.ruleName === ruleName;

/** The topic rules engine (DG:iot-rules): sees every message, answers nobody. Actions run in their own time. */
export function createRulesEngine({
  account,
  clock,
  rules,
  queues,
  invoker,
  broker,
  logs,
  roles,
  ...told
}: RulesEngineOptions): RulesEngine {
  const report = createRuleReport(told);
  const ports = { account, queues, invoker, broker, logs, roles, report };
  const compile = createRuleCompiler();
  const running = new Set<Promise<void>>();

  const run = (rule: CompiledRule, context: RuleContext): void => {
    // A message that cannot even be evaluated, such as one nested too deeply to be written again, triggers nothing.
    const done = performRule(rule, context, ports)
      .catch(() => undefined)
      .finally(() => running.delete(done));
    running.add(done);
  };

  const contextOf = (incoming: Incoming, { payload }: IotMessage, publisher: IotConnection | undefined): RuleContext => ({
    json: readJson(payload),
    rawPayload: payload,
    topic: incoming.topic,
    clientId: publisher?.clientId,
    principal: publisher?.principalId,
    accountId: account.accountId,
    nowMs: clock.now(),
  });

  return {
    observe: (message, publisher) => {
      const incoming = readTopic(message.topic);
      const enabled = rules().filter(({ disabled }) => !disabled);
      const concerned = enabled.map(compile).filter((rule) => isConcerned(rule, incoming));
      if (concerned.length === 0 && incoming.ruleName === undefined) return;
      const context = contextOf(incoming, message, publisher);
      if (concerned.length === 0 && incoming.ruleName !== undefined) report.notFound(incoming.ruleName, context);
      for (const rule of concerned) {
        report.matched(rule.ruleName, context);
        run(rule, context);
      }
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
