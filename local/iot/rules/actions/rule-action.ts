import type { Account } from '../../../account.ts';
import type { FunctionInvoker } from '../../../lambda/function-invoker.ts';
import type { MessageSender } from '../../../sqs/message-sender.ts';
import type { MessageBroker } from '../../connection.ts';
import type { ServiceRoles } from '../../service-roles.ts';
import type { RuleContext } from '../rule-context.ts';
import type { FilledSetting } from './action-settings.ts';

/** How the rules engine writes to CloudWatch Logs. Rejects with `AwsError` when there is no such group. */
export interface LogWriter {
  write(logGroupName: string, events: readonly { readonly message: string; readonly timestampMs: number }[]): Promise<void>;
}

/** One sample of a metric. */
export interface Measurement {
  readonly namespace: string;
  readonly metricName: string;
  readonly unit: string;
  readonly value: number;
  readonly timestampMs: number;
}

/** Where actions lead to, beside queues, functions and topics of MQTT. Each rejects with `AwsError`. */
export interface ActionTargets {
  readonly logs: LogWriter;
  readonly notifications: { publish(notification: { readonly targetArn: string; readonly message: string }): Promise<void> };
  readonly measurements: { put(measurement: Measurement): Promise<void> };
  /** `item`: JSON, each member of which becomes an attribute. */
  readonly tables: { put(tableName: string, item: object): Promise<void> };
}

/** What actions act through. */
export interface ActionPorts {
  readonly account: Account;
  readonly queues: MessageSender;
  readonly invoker: FunctionInvoker;
  readonly broker: () => Pick<MessageBroker, 'publish'>;
  /** What is missing fails the actions that lead there. */
  readonly targets?: Partial<ActionTargets> | undefined;
  readonly roles: ServiceRoles;
}

/** What a rule hands to its actions. */
export interface ActionInput {
  readonly ruleName: string;
  /** The outgoing payload. */
  readonly payload: Buffer;
  /** The message that triggered the rule, for substitution templates. */
  readonly context: RuleContext;
  /** The action's own `resource`, filled. */
  readonly resource: string;
}

/** The API's names of the actions that are supported. */
export type ActionKind = 'cloudwatchLogs' | 'cloudwatchMetric' | 'dynamoDBv2' | 'lambda' | 'republish' | 'sns' | 'sqs';

/** One action of a rule, its settings read. */
export interface RuleAction {
  readonly kind: ActionKind;
  /** What it acts on, for error actions and the log. */
  readonly resource: FilledSetting;
  /** How messages about failures word it. */
  readonly words: { readonly deed: string; readonly service: string; readonly resourceKind: string };
  /** The role that it acts with; undefined for actions that take none. */
  readonly roleArn?: string;
  /** Rejects when it fails; the rule's error action is told. */
  perform(input: ActionInput, ports: ActionPorts): Promise<void>;
}

/** A target that this environment was made with. */
export function targetOf<Name extends keyof ActionTargets>({ targets }: ActionPorts, name: Name): ActionTargets[Name] {
  const target = targets?.[name];
  if (target === undefined) throw new Error(`There is nothing in this environment that takes ${name}`);
  return target;
}
