import type { Clock } from '../../clock.ts';
import { TokenBucket } from '../../token-bucket.ts';
import { createBehaviour, type IotBehaviour } from '../behaviour/behaviour.ts';
import { ratesIn } from '../broker/rates.data.ts';
import { filterMatches } from '../broker/topic-matching.ts';
import type { MessageObserver } from '../connection.ts';
import type { ActionPorts } from './actions/rule-action.ts';
import { createRuleCompiler } from './compiled-rule.ts';
import type { CompiledRule } from './compiled-rule.ts';
import { type Destination, readDestination, ruleContextOf } from './incoming-message.ts';
import { performRule } from './perform-rule.ts';
import { RepublishHops } from './republish-hops.ts';
import type { RuleContext } from './rule-context.ts';
import type { RuleDefinition } from './rule-definition.ts';
import { createRuleReport, type RuleReportPorts } from './rule-report.ts';

export interface RulesEngineOptions extends ActionPorts, Omit<RuleReportPorts, 'behaviour'> {
  readonly clock: Clock;
  /** The account's rules as they are now; one that has not changed is the same object. */
  readonly rules: () => readonly RuleDefinition[];
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: IotBehaviour;
}

export interface RulesEngine extends MessageObserver {
  /** Resolves when every action begun so far, and what those set off, has ended. */
  idle(): Promise<void>;
}

const isConcerned = ({ ruleName, statement: { topicFilter } }: CompiledRule, destination: Destination): boolean =>
  destination.ruleName === undefined
    ? topicFilter !== undefined && filterMatches(topicFilter, destination.topic)
    : ruleName === destination.ruleName;

/** The topic rules engine (DG:iot-rules): sees every message, answers nobody. Actions run in their own time. */
export function createRulesEngine({
  clock,
  rules,
  behaviour = createBehaviour(),
  log,
  metrics,
  ...ports
}: RulesEngineOptions): RulesEngine {
  const { account } = ports;
  const report = createRuleReport({ behaviour, ...(log === undefined ? {} : { log }), ...(metrics === undefined ? {} : { metrics }) });
  const compile = createRuleCompiler(behaviour);
  const running = new Set<Promise<void>>();
  // The quota of rule evaluations is that of messages in, in every region (GR).
  const evaluations = new TokenBucket(clock, ratesIn(account.region).publishesIn);
  const hops = new RepublishHops();

  const run = (rule: CompiledRule, context: RuleContext, come: number): void => {
    const done = performRule(rule, context, { ...ports, report, broker: () => hops.after(come, ports.broker()) })
      .catch((error: unknown) => {
        // A message that cannot even be evaluated, such as one nested too deeply to be written again, triggers nothing.
        report.failed(rule.ruleName, context, error);
      })
      .finally(() => running.delete(done));
    running.add(done);
  };

  const consider = (rule: CompiledRule, context: RuleContext, come: number): void => {
    if (!hops.areFew(come) || !evaluations.take()) {
      report.throttled(rule.ruleName, context);
      return;
    }
    report.matched(rule.ruleName, context);
    run(rule, context, come);
  };

  return {
    observe: (message, publisher) => {
      const destination = readDestination(message.topic);
      const enabled = rules().filter(({ disabled }) => !disabled);
      const concerned = enabled.flatMap(compile).filter((rule) => isConcerned(rule, destination));
      const { topic, ruleName } = destination;
      if (concerned.length === 0 && ruleName === undefined) return;
      const context = ruleContextOf({ topic, message, publisher }, { accountId: account.accountId, nowMs: clock.now(), behaviour });
      if (concerned.length === 0 && ruleName !== undefined) report.notFound(ruleName, context);
      for (const rule of concerned) consider(rule, context, hops.of(message));
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
