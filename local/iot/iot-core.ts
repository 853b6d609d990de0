import type { Account } from '../account.ts';
import type { Clock } from '../clock.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import type { CallerDirectory } from '../gateway/caller-directory.ts';
import type { FunctionInvoker } from '../lambda/function-invoker.ts';
import type { MessageSender } from '../sqs/message-sender.ts';
import type { AccessControl } from '../iam/access/access-control.ts';
import { type BehaviourCapture, createBehaviour } from './behaviour/behaviour.ts';
import type { MessageBroker, MessageObserver, ReservedTopicService } from './connection.ts';
import { createMessageBroker } from './broker/message-broker.ts';
import type { OpenPacketGate } from './broker/packet-gate.ts';
import type { BrokerSettings } from './broker/settings.ts';
import { signedCallerIn } from './broker/web/signed-caller.ts';
import { mayCallBy } from './may-call.ts';
import { createCertificateCallback } from './custom-authentication/certificate-callback.ts';
import { createCustomAuthentication } from './custom-authentication/custom-authentication.ts';
import { domainNamed } from './registry/domain-named.ts';
import { unusualSecurityPolicies } from './registry/security-policies.ts';
import { createIotControlPlane } from './control-plane/iot-control-plane.ts';
import type { OperationThrottleSettings } from './control-plane/operation-throttle.ts';
import { ruleDefinitionOf } from './control-plane/topic-rule-rules.ts';
import type { DeviceEndpointSettings, EndpointTenant } from './endpoint/device-endpoint.ts';
import { createRegistryEvents } from './events/registry-events.ts';
import { createJustInTime, type JustInTimeSettings } from './just-in-time/create-just-in-time.ts';
import { countingProvisionedThings, createProvisioningMetrics } from './metrics/provisioning-metrics.ts';
import { createTrafficMetrics } from './metrics/traffic-metrics.ts';
import { createObservability, type ObservabilityPorts } from './observability.ts';
import { createPolicyAuthorizer, type PolicySettings } from './policy/policy-authorizer.ts';
import { createFleetProvisioning, type ProvisioningSettings } from './provisioning/fleet-provisioning.ts';
import { releaseAuthorities } from './registry/ca-certificate-store.ts';
import type { TopicRule } from './registry/records.ts';
import type { CaHolders, IotRegistry } from './registry/registry.ts';
import type { ActionTargets } from './rules/actions/rule-action.ts';
import { compileRule } from './rules/compiled-rule.ts';
import type { RuleDefinition } from './rules/rule-definition.ts';
import { createRulesEngine } from './rules/rules-engine.ts';
import { unlimitedRoles, type ServiceRoles } from './service-roles.ts';

export interface IotCoreOptions extends ObservabilityPorts {
  readonly account: Account;
  readonly clock: Clock;
  readonly invoker: FunctionInvoker;
  readonly queues: MessageSender;
  readonly access?: AccessControl | undefined;
  /** Default: every role exists and may do everything. */
  readonly roles?: ServiceRoles;
  /** Where actions of rules lead to, beside queues, functions and topics of MQTT. */
  readonly ruleTargets?: ActionTargets;
  readonly settings?: Partial<BrokerSettings> &
    PolicySettings &
    ProvisioningSettings &
    OperationThrottleSettings &
    JustInTimeSettings &
    Pick<DeviceEndpointSettings, 'allowLoopbackNames'>;
  /** Shared by the accounts of one local AWS; without it this account is the only one. */
  readonly caHolders?: CaHolders | undefined;
  /** What was captured from a real account, in place of the defaults. */
  readonly capture?: BehaviourCapture;
  /** Who holds which access key, for requests to the data plane; without it none is signed right. */
  readonly callers?: CallerDirectory;
  /** Stands between connections and the broker. */
  readonly openGate?: OpenPacketGate;
}

/** AWS IoT Core of one account: control plane, broker, provisioning and rules. */
export interface IotCore extends EndpointTenant {
  readonly api: ApiService;
  readonly resources: readonly ResourceProvider[];
  readonly registry: IotRegistry;
  readonly broker: MessageBroker;
  /** The account's `iot:Data-ATS` address. */
  readonly dataEndpoint: string;
  /** Resolves when every rule action begun so far has ended. */
  rulesIdle(): Promise<void>;
  close(): void;
}

export const createIotCore = ({
  account,
  clock,
  access,
  roles = unlimitedRoles,
  invoker,
  queues,
  ruleTargets,
  settings = {},
  capture,
  openGate,
  callers,
  caHolders,
  ...ports
}: IotCoreOptions): IotCore => {
  const behaviour = createBehaviour(capture);
  const controlPlane = createIotControlPlane({
    account,
    clock,
    invoker,
    behaviour,
    access,
    roles,
    caHolders,
    rates: settings,
    checkRule: (rule) => void compileRule(rule, behaviour),
  });
  const { directory, registry } = controlPlane;
  const { sink, log, metrics } = createObservability(ports, { account, clock, behaviour, registry, directory });
  const reservedTopics: ReservedTopicService[] = [];
  const observers: MessageObserver[] = [];
  const running = createMessageBroker({
    account,
    clock,
    directory,
    authorizer: createPolicyAuthorizer({ account, clock, directory, settings, mayCall: mayCallBy(access, account) }),
    reservedTopics,
    observers,
    justInTime: createJustInTime({
      ...{ account, clock, behaviour, registry, settings, broker: () => running.broker },
      ...{ templates: controlPlane.provisioning, controlPlane: controlPlane.countedClient, roles },
      log: countingProvisionedThings(log, metrics),
    }),
    log: sink,
    metrics: createTrafficMetrics(metrics),
    settings,
    behaviour,
    certificateCallback: createCertificateCallback({ account, clock, invoker, behaviour }),
    customAuthentication: createCustomAuthentication({ account, clock, invoker, behaviour, registry }),
    ...(callers === undefined ? {} : { signedCaller: signedCallerIn(callers) }),
    domainOf: (serverName) => domainNamed(registry, serverName),
    ...(openGate === undefined ? {} : { openGate }),
  });
  const broker = () => running.broker;
  reservedTopics.push(
    createFleetProvisioning({
      ...{ account, clock, invoker, broker, settings, behaviour, roles },
      registry: controlPlane.provisioning,
      controlPlane: controlPlane.client,
      log,
      metrics: createProvisioningMetrics(metrics),
    }),
  );
  const rules = createRulesEngine({
    account,
    clock,
    invoker,
    roles,
    queues,
    broker,
    targets: ruleTargets,
    log,
    metrics,
    behaviour,
    rules: rulesOf(registry),
  });
  observers.push(rules);
  registry.changeListeners.add(createRegistryEvents({ registry, behaviour, publish: (message) => void running.broker.publish(message) }));
  // The broker waits for as long as AWS does before it ends the connections.
  registry.certificateListeners.add((principalId, status) => {
    if (status !== 'ACTIVE') running.broker.disconnect({ principalId }, 'FORBIDDEN_ACCESS');
  });
  return {
    ...{ api: controlPlane.api, resources: controlPlane.resources, registry, broker: running.broker },
    dataEndpoint: controlPlane.dataEndpoint,
    isEndpoint: (serverName) => serverName === controlPlane.dataEndpoint || domainNamed(registry, serverName) !== undefined,
    securityPolicies: () => unusualSecurityPolicies(registry),
    accept: (socket, port) => {
      running.accept(socket, port);
    },
    rulesIdle: () => rules.idle(),
    close: () => {
      releaseAuthorities(registry);
      running.close();
    },
  };
};

/** The rules as they are now; one that has not changed is the same object, so that it is read once. */
const rulesOf = (registry: IotRegistry): (() => readonly RuleDefinition[]) => {
  const definitions = new WeakMap<TopicRule, RuleDefinition>();
  return () =>
    [...registry.topicRules.values()].map((rule) => {
      const definition = definitions.get(rule) ?? ruleDefinitionOf(rule.ruleName, rule.payload);
      definitions.set(rule, definition);
      return definition;
    });
};
