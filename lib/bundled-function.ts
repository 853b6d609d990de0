import type { Duration } from 'aws-cdk-lib';
import { Validations } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ApplicationLogLevel, Architecture, Function, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionCode } from './function-code.ts';

export interface BundledFunctionProps {
  /** The folder below `lambdas/` that holds `handler.ts`. */
  readonly name: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * What the code reads as `process.env['<name>']`, written at its head: for what would outgrow the 4 KB that Lambda gives to all
   * variables together, and for what nobody may change without a deployment.
   */
  readonly constants?: Readonly<Record<string, string>>;
  readonly memorySizeMiB: number;
  readonly timeout: Duration;
  readonly logGroup: ILogGroup;
  /** Undefined means the account's shared pool. */
  readonly reservedConcurrency: number | undefined;
}

/** One of our functions: bundled by esbuild, on Node 24 and arm64, with a role that may do nothing but write its own log. */
export class BundledFunction extends Construct {
  readonly function: Function;
  readonly #role: Role;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: props.description });
    props.logGroup.grantWrite(this.#role);
    this.function = new Function(this, 'Handler', {
      code: functionCode(props.name, props.constants ?? {}),
      handler: 'index.handler',
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role: this.#role,
      environment: { ...props.environment },
      memorySize: props.memorySizeMiB,
      timeout: props.timeout,
      ...(props.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...loggingTo(props.logGroup),
    });
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaTracing',
      reason:
        'X-Ray asks for permissions on every resource of the account; the correlation id in each audit event tells what a trace would.',
    });
  }

  get functionArn(): string {
    return this.function.functionArn;
  }

  allow(statement: PolicyStatement): void {
    this.#role.addToPolicy(statement);
  }
}

// JSON, so that the platform's start and report lines can be left out and what the handler prints stays one line each.
const loggingTo = (logGroup: ILogGroup) => ({
  logGroup,
  loggingFormat: LoggingFormat.JSON,
  applicationLogLevelV2: ApplicationLogLevel.INFO,
  systemLogLevelV2: SystemLogLevel.WARN,
});
