import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { awsJsonService } from '../gateway/aws-json.ts';
import type { OperationTable } from '../gateway/operation.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardOperations } from '../iam/access/guard-operations.ts';
import { eventBridgeAuthorization } from './authorization.ts';
import type { ServiceEvent } from './bus-event.ts';
import { concerns, envelopeOf, scheduledEvent } from './bus-event.ts';
import type { EventPorts } from './deliver-event.ts';
import { deliverEvent } from './deliver-event.ts';
import type { EventBridgeDependencies } from './eventbridge-dependencies.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/rule-tags.ts';
import { deleteRule, describeAs, describeRule, listRules, putRule, switchRule } from './operations/rules.ts';
import { listRuleNamesByTarget, listTargetsByRule, putTargets, removeTargets } from './operations/targets.ts';
import { ruleResource } from './resources/rule-resource.ts';
import { RuleStore } from './rule-store.ts';
import { Scheduler } from './scheduler.ts';

export interface EventBridgeService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** The rules by name, as DescribeRule and ListTargetsByRule show them. */
  rules(): readonly object[];
  /** Says something on the default bus, in a service's name. */
  readonly publish: (event: ServiceEvent) => void;
  /** No rule runs any more. */
  stop(): void;
}

export interface EventBridgeOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly ports: EventPorts;
  readonly access?: AccessControl | undefined;
}

const operationsOf = (dependencies: EventBridgeDependencies): OperationTable => ({
  DeleteRule: deleteRule(dependencies),
  DescribeRule: describeRule(dependencies),
  DisableRule: switchRule(dependencies, false),
  EnableRule: switchRule(dependencies, true),
  ListRuleNamesByTarget: listRuleNamesByTarget(dependencies),
  ListRules: listRules(dependencies),
  ListTagsForResource: listTagsForResource(dependencies),
  ListTargetsByRule: listTargetsByRule(dependencies),
  PutRule: putRule(dependencies),
  PutTargets: putTargets(dependencies),
  RemoveTargets: removeTargets(dependencies),
  TagResource: tagResource(dependencies),
  UntagResource: untagResource(dependencies),
});

/** Amazon EventBridge: the default bus, with rules for its events and by the clock, and functions and queues as targets. */
export const createEventBridgeService = ({ account, clock, ports, access }: EventBridgeOptions): EventBridgeService => {
  const rules = new RuleStore(account);
  const scheduler = new Scheduler(clock, (rule, scheduledAtMs) => {
    deliverEvent({ account, ports }, rule, scheduledEvent(account, rule, scheduledAtMs));
  });
  const table = operationsOf({ account, rules, scheduler });
  const operations = guardOperations(table, { access, authorization: eventBridgeAuthorization(account, rules) });
  return {
    api: awsJsonService({ signingNames: ['events'], targetPrefix: 'AWSEvents', version: '1.1', operations }),
    resources: [ruleResource(operationCaller(account, operations))],
    rules: () => rules.list().map((rule) => ({ ...describeAs(rule), Targets: [...rule.targets.values()] })),
    publish: (event) => {
      const envelope = envelopeOf(account, event);
      for (const rule of rules.list()) if (concerns(rule, envelope, event)) deliverEvent({ account, ports }, rule, envelope);
    },
    stop: () => {
      scheduler.stop();
    },
  };
};
