import { CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import {
  AddPermissionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  LambdaClient,
  ListFunctionsCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openSealingPorts } from '../../../aws/open/sealing-ports.ts';
import { createStdoutAuditGauge } from '../../../aws/cloudwatch/stdout-audit-gauge.ts';
import { createAuditSealing } from '../../../lambdas/audit-sealing/audit-sealing.ts';
import { parseEnvironment } from '../../../lambdas/audit-sealing/environment.ts';
import { RecentlySealed } from '../../../lambdas/audit-sealing/recently-sealed.ts';
import type { OwnFleet } from './own-fleet.ts';

const STREAM = 'sealing-by-the-clock';

/** The way of events into the sealed history. */
export class History {
  readonly #fleet: OwnFleet;
  readonly #lambda = new LambdaClient();
  readonly #sqs = new SQSClient();
  readonly #events = new EventBridgeClient();

  constructor(fleet: OwnFleet) {
    this.#fleet = fleet;
  }

  /** What takes events to where they wait to be sealed fails, whatever happens meanwhile; or what puts on record what AWS tells. */
  async crash(what: 'Intake' | 'Sources', meanwhile: () => Promise<void>): Promise<void> {
    const effect = { kind: 'error', errorType: 'Runtime.ExitError' } as const;
    const functionName = await this.#functionNamed(`-${what}Function`);
    const { id } = this.#fleet.aws.faults.add({ at: 'function', functionName, effect });
    try {
      await meanwhile();
    } finally {
      this.#fleet.aws.faults.remove(id);
    }
  }

  /** The log may no longer hand events on, whatever happens meanwhile: somebody took its permission away. */
  async cutOff(meanwhile: () => Promise<void>): Promise<void> {
    const FunctionName = await this.#functionNamed('-IntakeFunction');
    const { Policy = '' } = await this.#lambda.send(new GetPolicyCommand({ FunctionName }));
    const { Statement } = JSON.parse(Policy) as { readonly Statement: readonly { readonly Sid: string }[] };
    for (const { Sid } of Statement) await this.#lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: Sid }));
    try {
      await meanwhile();
    } finally {
      const permission = { Action: 'lambda:InvokeFunction', Principal: 'logs.amazonaws.com', StatementId: 'given-back' };
      await this.#lambda.send(new AddPermissionCommand({ FunctionName, ...permission }));
    }
  }

  /** Nobody runs what seals, or what compares, whatever happens meanwhile: its schedule is disabled. */
  async unscheduled(what: 'Sealing' | 'Completeness', meanwhile: () => Promise<void>): Promise<void> {
    const { Rules = [] } = await this.#events.send(new ListRulesCommand({}));
    const Name = Rules.find((rule) => rule.Name?.includes(`-${what}Schedule`))?.Name;
    await this.#events.send(new DisableRuleCommand({ Name }));
    try {
      await meanwhile();
    } finally {
      await this.#events.send(new EnableRuleCommand({ Name }));
    }
  }

  /** Takes all letters out that nobody could deliver, as somebody does who has brought them back. */
  async takeLetters(QueueName: string): Promise<void> {
    const { QueueUrl } = await this.#sqs.send(new GetQueueUrlCommand({ QueueName }));
    for (let isEmpty = false; !isEmpty; ) {
      const { Messages = [] } = await this.#sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      for (const { ReceiptHandle } of Messages) await this.#sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      isEmpty = Messages.length === 0;
    }
  }

  /** Runs what the deployed function runs, on what it works on, by the time of the local AWS; what it tells goes to the same log. */
  async seal(): Promise<void> {
    const { stage, clock } = this.#fleet;
    const FunctionName = await this.#functionNamed('-SealingFunction');
    const { Environment } = await this.#lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const environment = parseEnvironment(Environment?.Variables ?? {});
    const ports = openSealingPorts({
      ...{ stagingBucketName: environment.STAGING_BUCKET_NAME, archiveBucketName: environment.ARCHIVE_BUCKET_NAME },
      signingKeyArn: environment.SIGNING_KEY_ARN,
    });
    const lines: string[] = [];
    const out = { write: (line: string) => lines.push(line.trimEnd()) > 0 };
    await createAuditSealing({
      ...ports,
      ...{ recent: new RecentlySealed(ports.archive), clock, periodMs: environment.SEAL_MINUTES * 60_000 },
      gauge: createStdoutAuditGauge({ prefix: environment.PREFIX, clock, out }),
      faults: {
        report: (fault) => {
          throw fault;
        },
      },
    })();
    const log = { logGroupName: stage.auditLogGroupName, logStreamName: STREAM };
    await stage.logs.send(new CreateLogStreamCommand(log)).catch(() => undefined);
    const logEvents = lines.map((message) => ({ message, timestamp: clock.now() }));
    await stage.logs.send(new PutLogEventsCommand({ ...log, logEvents }));
  }

  close(): void {
    for (const client of [this.#lambda, this.#sqs, this.#events]) client.destroy();
  }

  async #functionNamed(part: string): Promise<string> {
    const { Functions = [] } = await this.#lambda.send(new ListFunctionsCommand({}));
    const found = Functions.find(({ FunctionName }) => FunctionName?.includes(part))?.FunctionName;
    if (found === undefined) throw new Error(`There is no function named like ${part}.`);
    return found;
  }
}
