import { Aws, Duration, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAuthorizer } from 'aws-cdk-lib/aws-iot';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { mistakesForAuthorizer, mistakesOfInheritance } from '../../domain/configuration/configuration-authorized-lines.ts';
import { deviceBoundariesOf } from '../../domain/configuration/configuration-boundaries.ts';
import { ConfigurationError } from '../../domain/configuration/configuration-error.ts';
import type { DeviceAuthorizerEnvironment } from '../../lambdas/device-authorizer/environment.ts';
import type { Foundation } from '../approach-deployment.ts';
import { BundledFunction } from '../bundled-function.ts';
import { ConnectionMetrics } from './connection-metrics.ts';
import { iotArn } from '../policy-scope.ts';
import { tableAccess } from '../table-access.ts';

/** AWS IoT takes 500 connections a second from an account; so many of them at once leave the account's other functions their share. */
const DEFAULT_CONCURRENCY = 20;

export interface DeviceAuthorizerProps {
  readonly foundation: Foundation;
  /** Names the authorizer, and the folder `lambdas/<approach>-authorizer`. */
  readonly approach: string;
  readonly description: string;
  /** Beside what every authorizer is given (`lambdas/device-authorizer/environment.ts`). */
  readonly environment?: Readonly<Record<string, string>>;
  /** Beside the boundaries. */
  readonly constants?: Readonly<Record<string, string>>;
  /** By default 20; `shared` takes from the account's pool, for accounts that are too small to reserve. */
  readonly reservedConcurrency?: number | 'shared' | undefined;
  /** Whether its devices may have topics `/devices/<serial>/…` of another service. */
  readonly inheritsTopics?: boolean;
  /** What it does with the table of enrollments, e.g. `dynamodb:GetItem`. */
  readonly tableActions: readonly string[];
}

/**
 * An authorizer of AWS IoT with the function that decides for it. Devices name it as they connect; it is nobody's default.
 * @throws ConfigurationError where its answers could not say what the configuration allows
 */
export class DeviceAuthorizer extends Construct {
  readonly authorizerName: string;
  readonly #function: BundledFunction;

  constructor(scope: Construct, id: string, props: DeviceAuthorizerProps) {
    super(scope, id);
    const { foundation, approach, description, tableActions, reservedConcurrency = DEFAULT_CONCURRENCY } = props;
    const { configuration } = foundation;
    const inheritance = props.inheritsTopics === true ? mistakesOfInheritance(configuration, approach) : [];
    const mistakes = [...mistakesForAuthorizer(configuration, approach), ...inheritance];
    if (mistakes.length > 0) throw new ConfigurationError(mistakes);
    this.authorizerName = foundation.names.authorizer(approach);
    this.#function = new BundledFunction(this, 'Function', {
      name: `${approach}-authorizer`,
      description,
      environment: { ...environmentOf(foundation), ...props.environment },
      constants: { BOUNDARIES: JSON.stringify(deviceBoundariesOf(foundation.configuration, approach)), ...props.constants },
      memorySizeMiB: 1024,
      // AWS IoT waits no longer (DG, "Troubleshooting your authorizers"); the function keeps a shorter deadline of its own.
      timeout: Duration.seconds(5),
      logGroup: foundation.auditLog,
      reservedConcurrency: reservedConcurrency === 'shared' ? undefined : reservedConcurrency,
    });
    for (const statement of tableAccess(foundation.table, tableActions)) this.allow(statement);
    this.#permit();
    new CfnAuthorizer(this, 'Authorizer', {
      authorizerName: this.authorizerName,
      authorizerFunctionArn: this.#function.functionArn,
      // What a device presents proves itself; a signature over it would be a secret that a whole fleet shares.
      signingDisabled: true,
      status: 'ACTIVE',
    });
    new ConnectionMetrics(this, 'Metrics', { foundation, approach });
    foundation.waysIn.addDoor(`${approach}-authorizer`, this.#function.function);
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'AWS IoT calls it synchronously and takes a failure for a refusal; nothing is ever queued that could die.',
    });
  }

  allow(statement: PolicyStatement): void {
    this.#function.allow(statement);
  }

  #permit(): void {
    new CfnPermission(this, 'Invoke', {
      action: 'lambda:InvokeFunction',
      functionName: this.#function.functionArn,
      principal: 'iot.amazonaws.com',
      sourceAccount: Aws.ACCOUNT_ID,
      sourceArn: iotArn('authorizer', this.authorizerName),
    });
  }
}

const environmentOf = ({ configuration, table }: Foundation): DeviceAuthorizerEnvironment => ({
  TABLE_NAME: table.tableName,
  PREFIX: configuration.prefix,
  TOPIC_PREFIX: configuration.topicPrefix,
  PARTITION: Aws.PARTITION,
  ACCOUNT: Aws.ACCOUNT_ID,
  REFUSAL_FLOOR_MS: String(configuration.refusalFloorMs),
});
