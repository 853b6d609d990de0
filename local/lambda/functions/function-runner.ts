import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { LambdaPorts, RoleCredentials } from '../lambda-ports.ts';
import type { ProceedRun, RunInterceptor } from '../run-interceptor.ts';
import { type EnvironmentLimits, EnvironmentPool } from '../worker/environment-pool.ts';
import type { Outcome } from '../worker/execution-environment.ts';
import { ExecutionEnvironment } from '../worker/execution-environment.ts';
import { Activity } from './activity.ts';
import type { LogTarget } from './environment-variables.ts';
import { environmentVariables } from './environment-variables.ts';
import { InvocationLog } from './invocation-log.ts';
import type { InvocationMetrics } from './invocation-metrics.ts';
import type { FunctionVersion, LambdaFunction } from './lambda-function.ts';

/** Lambda Developer Guide, "Lambda quotas": invocation payload, request and response each. */
export const maxPayloadBytes = 6 * 1024 * 1024;

export interface RunnerOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly ports: LambdaPorts;
  readonly metrics: InvocationMetrics;
  readonly environments: EnvironmentLimits;
  /** Invocations at once of functions without a reservation, together: the account's unreserved concurrency. */
  readonly unreservedConcurrency: () => number;
  /** Unless somebody intercepts, every invocation goes straight to an environment. */
  readonly intercept?: RunInterceptor;
}

export interface RunRequest {
  readonly lambda: LambdaFunction;
  readonly qualifier: string | undefined;
  /** JSON text. */
  readonly payload: string;
}

const throttled = (): AwsError =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    status: 429,
    members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
  });

const limited = (outcome: Outcome): Outcome => {
  if (outcome.outcome === 'failed' || Buffer.byteLength(outcome.payload) <= maxPayloadBytes) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${maxPayloadBytes} bytes).`;
  return { outcome: 'failed', error: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
};

/** Runs functions in worker threads, within their concurrency, and keeps their logs. */
export class FunctionRunner {
  readonly activity = new Activity();
  readonly #options: RunnerOptions;
  readonly #environments = new Set<ExecutionEnvironment>();
  #unreserved = 0;
  #isStopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** The pool of a version's environments; none is started before the first invocation. */
  poolOf(name: string, version: Omit<FunctionVersion, 'pool'>): EnvironmentPool {
    return new EnvironmentPool({ start: () => this.#startEnvironment(name, version), limits: this.#options.environments });
  }

  /** Rejects with `TooManyRequestsException` when the function's concurrency is used up. */
  async run({ lambda, qualifier, payload }: RunRequest, requestId: string = randomUUID()): Promise<Outcome> {
    const version = lambda.resolve(qualifier);
    const tell = this.#options.metrics.begin({ functionName: lambda.name, qualifier });
    const leave = this.#enter(lambda);
    if (leave === undefined) {
      tell('throttled');
      throw throttled();
    }
    const begunMs = performance.now();
    let end: 'ok' | 'error' | 'throttled' = 'error';
    try {
      const invokedFunctionArn = qualifier === undefined ? lambda.arn : `${lambda.arn}:${qualifier}`;
      const proceed: ProceedRun = (killAfterMs) => version.pool.run({ requestId, invokedFunctionArn, payload }, killAfterMs);
      const run = { functionName: lambda.name, requestId, timeoutSeconds: version.configuration.Timeout };
      const outcome = limited(await (this.#options.intercept?.(run, proceed) ?? proceed()));
      if (outcome.outcome !== 'failed') end = 'ok';
      return outcome;
    } catch (thrown) {
      // Somebody in between may have wanted it throttled.
      if (thrown instanceof AwsError && thrown.code === throttled().code) end = 'throttled';
      throw thrown;
    } finally {
      leave();
      tell(end === 'throttled' ? end : { isError: end === 'error', durationMs: performance.now() - begunMs });
    }
  }

  /** Ends every environment, whatever runs in it: its invocation fails. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#environments].map((environment) => environment.stop()));
  }

  /** Counts an invocation in; answers what counts it out, or nothing when there is no concurrency left. */
  #enter(lambda: LambdaFunction): (() => void) | undefined {
    const isReserved = lambda.reservedConcurrency !== undefined;
    if (isReserved ? lambda.running >= (lambda.reservedConcurrency ?? 0) : this.#unreserved >= this.#options.unreservedConcurrency())
      return undefined;
    lambda.running += 1;
    if (!isReserved) this.#unreserved += 1;
    const rest = this.activity.begin();
    return () => {
      rest();
      lambda.running -= 1;
      if (!isReserved) this.#unreserved -= 1;
    };
  }

  async #startEnvironment(name: string, version: Omit<FunctionVersion, 'pool'>): Promise<ExecutionEnvironment> {
    const { clock, ports } = this.#options;
    const { Handler, MemorySize, Timeout, Role, LoggingConfig } = version.configuration;
    const log = this.#logTarget(name, version);
    const credentials = await this.#assume(Role, name);
    if (this.#isStopped) throw throttled();
    const write = (line: string): void => {
      ports.appendLog(line, { ...log, roleArn: Role });
    };
    const environment = new ExecutionEnvironment({
      clock,
      start: {
        codeDirectory: version.code.directory,
        handler: Handler,
        functionName: name,
        functionVersion: version.version,
        memoryMb: MemorySize,
        ...log,
        logFormat: LoggingConfig.LogFormat,
        logLevel: LoggingConfig.ApplicationLogLevel ?? 'INFO',
      },
      variables: environmentVariables(this.#options, { name, version, log }, credentials),
      timeoutSeconds: Timeout,
      expiresAtMs: credentials.expiresAtMs,
      log: new InvocationLog({
        format: LoggingConfig.LogFormat,
        systemLevel: LoggingConfig.SystemLogLevel ?? 'INFO',
        version: version.version,
        memoryMb: MemorySize,
        write,
      }),
      onLog: write,
    });
    this.#remember(environment);
    return environment;
  }

  #remember(environment: ExecutionEnvironment): void {
    for (const known of this.#environments) if (!known.isAlive) this.#environments.delete(known);
    this.#environments.add(environment);
  }

  async #assume(roleArn: string, sessionName: string): Promise<RoleCredentials> {
    try {
      return await this.#options.ports.assumeRole(roleArn, sessionName);
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      throw new AwsError('AccessDeniedException', `The role defined for the function cannot be assumed by Lambda. (${thrown.message})`, {
        status: 403,
      });
    }
  }

  /** Each environment has a log stream of its own. */
  #logTarget(name: string, { version, configuration }: Omit<FunctionVersion, 'pool'>): LogTarget {
    const day = new Date(this.#options.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const own = configuration.LoggingConfig.LogGroup;
    const prefix = own === undefined ? day : `${day}/${name}`;
    const logStream = `${prefix}[${version}]${randomUUID().replaceAll('-', '')}`;
    return { logGroup: own ?? `/aws/lambda/${name}`, logStream };
  }
}
