import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import { arnOf } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import { parseFunctionReference } from '../functions/function-reference.ts';
import type { FunctionRegistry } from '../functions/function-registry.ts';
import type { FunctionRunner } from '../functions/function-runner.ts';
import type { LambdaPorts } from '../lambda-ports.ts';
import { doneMessages } from './batch-response.ts';
import { QueuePoller } from './queue-poller.ts';
import { sqsEvent } from './sqs-event.ts';
import type { ReceivedMessage } from '../../sqs/message.ts';

export interface MappingSettings {
  readonly eventSourceArn: string;
  /** A function's name or ARN, qualified or not. */
  readonly functionName: string;
  readonly isEnabled: boolean;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsFailures: boolean;
  /** From 2 to 1000; undefined without a limit. */
  readonly maxConcurrency: number | undefined;
}

export interface EventSourceMapping {
  readonly uuid: string;
  readonly arn: string;
  readonly settings: MappingSettings;
  readonly modifiedAtMs: number;
}

export interface MappingOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly ports: LambdaPorts;
  readonly functions: FunctionRegistry;
  readonly runner: FunctionRunner;
}

/** Lambda starts with this many pollers, and the local AWS stays there unless the mapping says otherwise. */
const defaultConcurrency = 5;

/** The queues that functions are fed from. */
export class EventSourceMappings {
  readonly #options: MappingOptions;
  readonly #mappings = new Map<string, { readonly mapping: EventSourceMapping; readonly poller: QueuePoller | undefined }>();

  constructor(options: MappingOptions) {
    this.#options = options;
  }

  create(settings: MappingSettings): EventSourceMapping {
    const isTaken = this.list().some(({ settings: other }) => this.#isSamePair(other, settings));
    if (isTaken) {
      const message = `An event source mapping with SQS arn (" ${settings.eventSourceArn} ") and function (" ${settings.functionName} ") already exists.`;
      throw new AwsError('ResourceConflictException', message, { status: 409 });
    }
    return this.#put(randomUUID(), settings);
  }

  update(uuid: string, change: Partial<MappingSettings>): EventSourceMapping {
    const { settings } = this.get(uuid);
    const changed = { ...settings, ...change };
    this.#requireValid(changed);
    this.#mappings.get(uuid)?.poller?.stop();
    return this.#put(uuid, changed);
  }

  delete(uuid: string): EventSourceMapping {
    const mapping = this.get(uuid);
    this.#mappings.get(uuid)?.poller?.stop();
    this.#mappings.delete(uuid);
    return mapping;
  }

  find(uuid: string): EventSourceMapping | undefined {
    return this.#mappings.get(uuid)?.mapping;
  }

  get(uuid: string): EventSourceMapping {
    const found = this.#mappings.get(uuid);
    if (found === undefined) throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { status: 404 });
    return found.mapping;
  }

  list(): readonly EventSourceMapping[] {
    return [...this.#mappings.values()].map(({ mapping }) => mapping);
  }

  stop(): void {
    for (const { poller } of this.#mappings.values()) poller?.stop();
  }

  #put(uuid: string, settings: MappingSettings): EventSourceMapping {
    this.#requireValid(settings);
    const { account, clock } = this.#options;
    const mapping = { uuid, arn: arnOf(account, 'lambda', `event-source-mapping:${uuid}`), settings, modifiedAtMs: clock.now() };
    this.#mappings.set(uuid, { mapping, poller: settings.isEnabled ? this.#poll(settings) : undefined });
    return mapping;
  }

  #poll(settings: MappingSettings): QueuePoller {
    const { clock, ports } = this.#options;
    return new QueuePoller({
      clock,
      queues: ports.queues,
      queueArn: settings.eventSourceArn,
      batchSize: settings.batchSize,
      windowMs: settings.windowSeconds * 1000,
      maxConcurrency: settings.maxConcurrency ?? defaultConcurrency,
      isAllowed: () => this.#mayPoll(settings),
      handle: (messages) => this.#handle(settings, messages),
    });
  }

  /** The role may have lost its permission since, or the function its life. */
  #mayPoll({ functionName, eventSourceArn }: MappingSettings): boolean {
    const { ports, functions } = this.#options;
    const { functionName: name, qualifier } = parseFunctionReference(functionName);
    const roleArn = functions.byName(name)?.find(qualifier)?.configuration.Role;
    return roleArn !== undefined && ports.missingQueuePermission(roleArn, eventSourceArn) === undefined;
  }

  async #handle(settings: MappingSettings, messages: readonly ReceivedMessage[]): Promise<readonly ReceivedMessage[]> {
    const { account, functions, runner } = this.#options;
    const event = sqsEvent(messages, { arn: settings.eventSourceArn, region: account.region });
    try {
      const { lambda, reference } = functions.resolve(settings.functionName);
      const outcome = await runner.run({ lambda, qualifier: reference.qualifier, payload: JSON.stringify(event) });
      return doneMessages(messages, outcome, settings.reportsFailures);
    } catch (thrown) {
      // Throttled, or the function is gone: the messages come back by themselves.
      if (thrown instanceof AwsError) return [];
      throw thrown;
    }
  }

  #isSamePair(a: MappingSettings, b: MappingSettings): boolean {
    const { functions } = this.#options;
    if (a.eventSourceArn !== b.eventSourceArn) return false;
    const [first, second] = [a, b].map(({ functionName }) => functions.resolve(functionName));
    return first?.lambda === second?.lambda && first?.reference.qualifier === second?.reference.qualifier;
  }

  #requireValid({ eventSourceArn, functionName, batchSize, windowSeconds }: MappingSettings): void {
    const { ports, functions } = this.#options;
    const { lambda, reference } = functions.resolve(functionName);
    const visibilitySeconds = ports.queues.visibilityTimeout(eventSourceArn);
    if (visibilitySeconds === undefined)
      throw invalid(`Error occurred while ReceiveMessage. SQS Error Message: The queue ${eventSourceArn} does not exist.`);
    const { Timeout: timeoutSeconds, Role: roleArn } = lambda.resolve(reference.qualifier).configuration;
    const missing = ports.missingQueuePermission(roleArn, eventSourceArn);
    if (missing !== undefined) throw invalid(`The provided execution role does not have permissions to call ${missing} on SQS`);
    if (visibilitySeconds < timeoutSeconds) {
      throw invalid(`Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`);
    }
    if (batchSize > 10 && windowSeconds < 1) {
      throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
    }
  }
}

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);
