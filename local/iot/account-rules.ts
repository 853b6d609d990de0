import type { MessageBroker } from './connection.ts';
import { ruleDefinitionOf } from './control-plane/topic-rule-rules.ts';
import type { IotCoreOptions } from './iot-core-options.ts';
import type { IotFoundation } from './iot-foundation.ts';
import type { TopicRule } from './registry/records.ts';
import type { IotRegistry } from './registry/registry.ts';
import type { RuleDefinition } from './rules/rule-definition.ts';
import { createRulesEngine, type RulesEngine } from './rules/rules-engine.ts';

/** The rules as they are now; one that has not changed is the same object, so that it is read once. */
const rulesOf = (registry: IotRegistry): (() => readonly RuleDefinition[]) => {
  const definitions = new WeakMap<TopicRule, RuleDefinition>();
  return () =>
    [...registry.topicRules.values()].map((rule) => {
      const definition = definitions.get(rule) ?? ruleDefinitionOf(rule.ruleName, rule.payload);
      definitions.set(rule, definition);
      return definition;
    });
};

/** The rules engine over the account's topic rules. */
export const createAccountRules = (
  { account, clock, invoker, roles, behaviour, controlPlane, log, metrics }: IotFoundation,
  { queues, ruleTargets }: Pick<IotCoreOptions, 'queues' | 'ruleTargets'>,
  broker: () => MessageBroker,
): RulesEngine =>
  createRulesEngine({
    ...{ account, clock, invoker, roles, queues, broker, log, metrics, behaviour },
    targets: ruleTargets,
    rules: rulesOf(controlPlane.registry),
  });
