import {
  CreateLogStreamCommand,
  DeleteSubscriptionFilterCommand,
  DescribeSubscriptionFiltersCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { type FunctionConfiguration, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { openCompletenessPorts } from '../../../aws/open/completeness-ports.ts';
import { createStdoutAuditGauge } from '../../../aws/cloudwatch/stdout-audit-gauge.ts';
import { createStdoutAuditLog } from '../../../aws/cloudwatch/stdout-audit-log.ts';
import { createAuditCompleteness } from '../../../lambdas/audit-completeness/audit-completeness.ts';
import { parseEnvironment } from '../../../lambdas/audit-completeness/environment.ts';
import type { AuditCode, AuditEvent } from '../../../domain/audit-event.ts';
import type { OwnFleet } from './own-fleet.ts';

const STREAM = 'comparing-by-the-clock';
const SILENCE = 'silence';
/** Longer than the comparison waits for what is late. */
const IN_THE_END_MS = 8 * 3_600_000;

/** Ways in which events vanish without an error, and the comparison that finds them. */
export class Losses {
  readonly #fleet: OwnFleet;
  readonly #lambda = new LambdaClient();
  readonly #iam = new IAMClient();

  constructor(fleet: OwnFleet) {
    this.#fleet = fleet;
  }

  /** The hook may not write to its log, whatever happens meanwhile; it decides all the same. */
  async silence(meanwhile: () => Promise<void>): Promise<void> {
    const { Role = '' } = await this.#functionNamed('HookFunction');
    const policy = { RoleName: Role.slice(Role.lastIndexOf('/') + 1), PolicyName: SILENCE };
    const Statement = [{ Effect: 'Deny', Action: 'logs:PutLogEvents', Resource: '*' }];
    await this.#iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
    try {
      await meanwhile();
    } finally {
      await this.#iam.send(new DeleteRolePolicyCommand(policy));
    }
  }

  /** Nobody is subscribed to the log, whatever happens meanwhile. */
  async unsubscribe(meanwhile: () => Promise<void>): Promise<void> {
    const { logs, auditLogGroupName: logGroupName } = this.#fleet.stage;
    const { subscriptionFilters = [] } = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }));
    const intake = subscriptionFilters.find(({ destinationArn }) => destinationArn?.includes('-IntakeFunction'));
    const { filterName, filterPattern, destinationArn } = intake ?? {};
    await logs.send(new DeleteSubscriptionFilterCommand({ logGroupName, filterName }));
    try {
      await meanwhile();
    } finally {
      await logs.send(new PutSubscriptionFilterCommand({ logGroupName, filterName, filterPattern, destinationArn }));
    }
  }

  /** Runs what the deployed function runs, on what it works on, by the time of the local AWS; what it tells goes to the same log. */
  async #compare(): Promise<void> {
    const { stage, clock } = this.#fleet;
    const { Environment } = await this.#functionNamed('-CompletenessFunction');
    const { STAGING_BUCKET_NAME: stagingBucketName, PREFIX: prefix, HOOK_NAME: hookName } = parseEnvironment(Environment?.Variables ?? {});
    const lines: string[] = [];
    const out = { write: (line: string) => lines.push(line.trimEnd()) > 0 };
    await createAuditCompleteness({
      ...openCompletenessPorts({ stagingBucketName, prefix, hookName }),
      audit: createStdoutAuditLog(out),
      gauge: createStdoutAuditGauge({ prefix, clock, out }),
      clock,
    })();
    const log = { logGroupName: stage.auditLogGroupName, logStreamName: STREAM };
    await stage.logs.send(new CreateLogStreamCommand(log)).catch(() => undefined);
    const logEvents = lines.map((message) => ({ message, timestamp: clock.now() }));
    await stage.logs.send(new PutLogEventsCommand({ ...log, logEvents }));
  }

  /** Compares, once whatever there was cannot come any more. */
  async compareInTheEnd(): Promise<void> {
    await this.#compare();
    this.#fleet.clock.advance(IN_THE_END_MS);
    await this.#compare();
  }

  /** How many were lost, as was put on record last; 0 where nothing was. */
  async lastTold(code: AuditCode): Promise<number> {
    const { logs, auditLogGroupName: logGroupName } = this.#fleet.stage;
    const filterPattern = `{ $.auditEvent.code = "${code}" }`;
    let last: number | undefined;
    for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName, filterPattern }))
      for (const { message = '' } of events) last = (JSON.parse(message) as { readonly auditEvent: AuditEvent }).auditEvent.lost;
    return last ?? 0;
  }

  close(): void {
    for (const client of [this.#lambda, this.#iam]) client.destroy();
  }

  async #functionNamed(part: string): Promise<FunctionConfiguration> {
    for await (const { Functions = [] } of paginateListFunctions({ client: this.#lambda }, {})) {
      const found = Functions.find(({ FunctionName }) => FunctionName?.includes(part));
      if (found !== undefined) return found;
    }
    throw new Error(`There is no function named like ${part}.`);
  }
}
