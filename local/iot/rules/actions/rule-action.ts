import type { Account } from '../../../account.ts';
import type { FunctionInvoker } from '../../../lambda/function-invoker.ts';
import type { MessageSender } from '../../../sqs/message-sender.ts';
import type { MessageBroker } from '../../connection.ts';
import type { ServiceRoles } from '../../service-roles.ts';
import type { RuleContext } from '../sql/sql-functions.ts';

/** How the rules engine writes to CloudWatch Logs. Rejects with `AwsError` when there is no such group. */
export interface LogWriter {
  write(entry: { readonly logGroupName: string; readonly message: string; readonly timestampMs: number }): Promise<void>;
}

/** What actions act through. */
export interface ActionPorts {
  readonly account: Account;
  readonly queues: MessageSender;
  readonly invoker: FunctionInvoker;
  readonly broker: () => Pick<MessageBroker, 'publish'>;
  readonly logs?: LogWriter | undefined;
  readonly roles: ServiceRoles;
}

/** What a rule hands to its actions. */
export interface ActionInput {
  readonly ruleName: string;
  /** The outgoing payload. */
  readonly payload: Buffer;
  /** The message that triggered the rule, for substitution templates. */
  readonly context: RuleContext;
  /** Of the action that is told of the others' failures. */
  readonly isErrorAction?: boolean;
}

/** One action of a rule, its settings read. Throws when it fails; the rule's error action is told. */
export interface RuleAction {
  /** `failedAction` in the error action's message, e.g. `SqsAction`. */
  readonly name: string;
  /** `failedResource`. */
  readonly resource: string;
  /** The role that it acts with; undefined for actions that take none. */
  readonly roleArn?: string;
  perform(input: ActionInput, ports: ActionPorts): Promise<void>;
}

/** Members of an action, read strictly. */
export class ActionSettings {
  readonly #kind: string;
  readonly #members: ReadonlyMap<string, unknown>;

  constructor(kind: string, members: object) {
    this.#kind = kind;
    this.#members = new Map(Object.entries(members));
  }

  string(name: string): string {
    const value = this.#members.get(name);
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`The action ${this.#kind} needs the member ${name}, a string`);
  }

  boolean(name: string): boolean {
    return this.#members.get(name) === true;
  }

  number(name: string): number {
    const value = this.#members.get(name);
    return typeof value === 'number' ? value : 0;
  }
}
