import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { JsonObject } from '../json-object.ts';
import type { EventSender } from '../lambda/event-sender.ts';
import type { ServiceMessage } from '../sqs/service-delivery.ts';
import type { Rule, Target } from './rule.ts';

const principal = 'events.amazonaws.com';

/** What rules send their events through. */
export interface EventPorts {
  /** Hands an event to a function if its policy lets EventBridge. Throws `AwsError`. */
  readonly functions: EventSender;
  /** Puts a message on a queue if the queue's policy lets EventBridge. Throws `AwsError`. */
  readonly deliverToQueue: (message: ServiceMessage) => void;
}

interface Delivery {
  readonly account: Account;
  readonly ports: EventPorts;
  readonly rule: Rule;
  readonly body: string;
}

const carry = ({ account, ports, rule, body }: Delivery, { Arn }: Target): void => {
  const origin = { principal, sourceArn: rule.arn, sourceAccount: account.accountId };
  if (Arn.includes(':sqs:')) ports.deliverToQueue({ queueArn: Arn, body, ...origin });
  else ports.functions.send({ functionArn: Arn, payload: JSON.parse(body) as unknown, ...origin });
};

/** EventBridge User Guide, "Using dead-letter queues": what went wrong travels in message attributes. */
const bury = ({ account, ports, rule, body }: Delivery, target: Target, failure: AwsError): void => {
  const queueArn = target.DeadLetterConfig?.Arn;
  if (queueArn === undefined) return;
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const attributes = {
    ERROR_CODE: text(failure.code),
    ERROR_MESSAGE: text(failure.message),
    RULE_ARN: text(rule.arn),
    TARGET_ARN: text(target.Arn),
  };
  try {
    ports.deliverToQueue({ queueArn, body, attributes, principal, sourceArn: rule.arn, sourceAccount: account.accountId });
  } catch (thrown) {
    // Nobody is left to be told.
    if (!(thrown instanceof AwsError)) throw thrown;
  }
};

/** Sends an event of a rule to each of its targets, by EventBridge's own name. */
export const deliverEvent = ({ account, ports }: Pick<Delivery, 'account' | 'ports'>, rule: Rule, event: JsonObject): void => {
  const text = JSON.stringify(event);
  for (const target of rule.targets.values()) {
    const delivery = { account, ports, rule, body: target.Input ?? text };
    try {
      carry(delivery, target);
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      bury(delivery, target, thrown);
    }
  }
};
