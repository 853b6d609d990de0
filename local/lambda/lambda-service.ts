import { availableParallelism } from 'node:os';
import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { MetricStore } from '../cloudwatch/metric-store.ts';
import { operationCaller } from '../cloudformation/call-operation.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { AddressedEndpoint } from '../gateway/addressed-endpoint.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { restJsonService } from '../gateway/rest-json.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { guardRestOperations } from '../iam/access/guard-operations.ts';
import { lambdaAuthorization } from './authorization.ts';
import { AsyncInvocations } from './async-invocations.ts';
import { EventSourceMappings } from './event-source/event-source-mappings.ts';
import type { EventSender } from './event-sender.ts';
import { eventSender } from './event-sender.ts';
import type { FunctionInvoker } from './function-invoker.ts';
import { CodeStore } from './functions/code-store.ts';
import { FunctionRegistry } from './functions/function-registry.ts';
import { InvocationMetrics } from './functions/invocation-metrics.ts';
import { FunctionRunner } from './functions/function-runner.ts';
import { guardedInvoker } from './guarded-invoker.ts';
import { lambdaOperations } from './lambda-operations.ts';
import type { LambdaPorts } from './lambda-ports.ts';
import { aliasResource } from './resources/alias-resource.ts';
import { eventInvokeConfigResource } from './resources/event-invoke-config-resource.ts';
import { eventSourceMappingResource } from './resources/event-source-mapping-resource.ts';
import { functionResource } from './resources/function-resource.ts';
import { permissionResource } from './resources/permission-resource.ts';
import type { RunInterceptor } from './run-interceptor.ts';
import { urlResource } from './resources/url-resource.ts';
import { versionResource } from './resources/version-resource.ts';
import { functionUrlEndpoint } from './urls/function-url-endpoint.ts';
import type { EnvironmentLimits } from './worker/environment-pool.ts';

export interface LambdaService {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  /** For AWS services that call a function: its resource policy decides. */
  readonly invoker: FunctionInvoker;
  /** As `invoker`, without waiting for the outcome. */
  readonly sender: EventSender;
  /** Where function URLs lead. */
  readonly urls: AddressedEndpoint;
  /** Resolves once no function has run for so many milliseconds from now on, by the machine's time. */
  atRest(forMs: number): Promise<void>;
  /** Tells of invocations from now on. */
  measureWith(metrics: MetricStore): void;
  /** Ends all workers and removes unzipped code. */
  stop(): Promise<void>;
}

export interface LambdaOptions {
  readonly account: Account;
  readonly clock: Clock;
  readonly ports: LambdaPorts;
  readonly access?: AccessControl | undefined;
  /** Worker threads of each version of a function; default two per core at once, and four at most. */
  readonly environments?: EnvironmentLimits;
  /** Concurrent invocations of all functions together; default 1000, the quota that an account begins with. */
  readonly concurrency?: number;
  /** Unless somebody intercepts, every invocation goes straight to an environment. */
  readonly intercept?: RunInterceptor;
}

const environmentLimits: EnvironmentLimits = { prompt: 2 * availableParallelism(), most: 4 * availableParallelism() };

const defaultConcurrency = 1000;

/** AWS Lambda: Node.js functions from zip packages, each in worker threads of its own. */
export const createLambdaService = (options: LambdaOptions): LambdaService => {
  const { account, clock, ports, environments = environmentLimits } = options;
  const functions = new FunctionRegistry(account, options.concurrency ?? defaultConcurrency);
  const metrics = new InvocationMetrics(clock);
  const runner = new FunctionRunner({ ...options, environments, metrics, unreservedConcurrency: () => functions.unreservedConcurrency });
  const codes = new CodeStore();
  const mappings = new EventSourceMappings({ account, clock, ports, functions, runner });
  const asynchronous = new AsyncInvocations({ clock, runner, ports, atOnce: environments.most });
  const dependencies = { account, clock, ports, functions, runner, asynchronous, codes, mappings };
  const guard = { access: options.access, authorization: lambdaAuthorization(dependencies) };
  const operations = guardRestOperations(lambdaOperations(dependencies), guard);
  const call = operationCaller(account, Object.fromEntries(Object.entries(operations).map(([name, { handle }]) => [name, handle])));
  const providers = [
    functionResource,
    versionResource,
    aliasResource,
    permissionResource,
    eventSourceMappingResource,
    eventInvokeConfigResource,
    urlResource,
  ];
  return {
    api: restJsonService({ signingNames: ['lambda'], operations }),
    resources: providers.map((provider) => provider(call)),
    invoker: guardedInvoker(dependencies),
    sender: eventSender(dependencies),
    urls: functionUrlEndpoint({ dependencies, access: options.access }),
    atRest: (forMs) => runner.activity.atRest(forMs),
    measureWith: (store) => {
      metrics.measureWith(store);
    },
    stop: async () => {
      mappings.stop();
      for (const lambda of functions.list()) functions.remove(lambda);
      await runner.stop();
      await codes.stop();
    },
  };
};
