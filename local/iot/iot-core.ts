import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import type { ApiService } from '../gateway/api-service.ts';
import { createAccountBroker, type Listeners } from './account-broker.ts';
import { createAccountRules } from './account-rules.ts';
import type { MessageBroker } from './connection.ts';
import { createMessageApi } from './message-api/message-api-service.ts';
import type { EndpointTenant } from './endpoint/device-endpoint.ts';
import { createRegistryEvents } from './events/registry-events.ts';
import type { IotCoreOptions } from './iot-core-options.ts';
import { createIotFoundation, type IotFoundation } from './iot-foundation.ts';
import { createJobService } from './jobs/job-service.ts';
import { createProvisioningMetrics } from './metrics/provisioning-metrics.ts';
import { createFleetProvisioning } from './provisioning/fleet-provisioning.ts';
import { releaseAuthorities } from './registry/ca-certificate-store.ts';
import { domainNamed } from './registry/domain-named.ts';
import type { IotRegistry } from './registry/registry.ts';
import { unusualSecurityPolicies } from './registry/security-policies.ts';

/** AWS IoT Core of one account: control plane, broker, provisioning and rules. */
export interface IotCore extends EndpointTenant {
  readonly api: ApiService;
  /** The data plane for callers who sign their requests. */
  readonly dataPlane: ApiService;
  /** The same for AWS IoT Jobs. */
  readonly jobsDataPlane: ApiService;
  readonly resources: readonly ResourceProvider[];
  readonly registry: IotRegistry;
  readonly broker: MessageBroker;
  /** The account's `iot:Data-ATS` address. */
  readonly dataEndpoint: string;
  /** Resolves when every rule action begun so far has ended. */
  rulesIdle(): Promise<void>;
  close(): void;
}

const fleetProvisioningOf = (foundation: IotFoundation, broker: () => MessageBroker) => {
  const { account, clock, invoker, settings, behaviour, roles, controlPlane, log, metrics } = foundation;
  return createFleetProvisioning({
    ...{ account, clock, invoker, broker, settings, behaviour, roles, log },
    registry: controlPlane.provisioning,
    controlPlane: controlPlane.client,
    metrics: createProvisioningMetrics(metrics),
  });
};

const jobServiceOf = (
  { account, settings, behaviour, controlPlane }: IotFoundation,
  { access }: IotCoreOptions,
  broker: () => MessageBroker,
) => {
  const { jobs, registry } = controlPlane;
  return createJobService({ account, access, settings, behaviour, broker, jobs, registry });
};

/** What changes in the registry is told to whoever listens, and ends connections whose certificate is no longer active. */
const followRegistry = ({ controlPlane, behaviour }: IotFoundation, broker: MessageBroker): void => {
  const { registry } = controlPlane;
  registry.changeListeners.add(createRegistryEvents({ registry, behaviour, publish: (message) => void broker.publish(message) }));
  // The broker waits for as long as AWS does before it ends the connections.
  registry.certificateListeners.add((principalId, status) => {
    if (status !== 'ACTIVE') broker.disconnect({ principalId }, 'FORBIDDEN_ACCESS');
  });
};

export const createIotCore = (options: IotCoreOptions): IotCore => {
  const foundation = createIotFoundation(options);
  const listeners: Listeners = { reservedTopics: [], observers: [] };
  const running = createAccountBroker(foundation, options, listeners);
  const broker = () => running.broker;
  const rules = createAccountRules(foundation, options, broker);
  const jobs = jobServiceOf(foundation, options, broker);
  listeners.reservedTopics.push(fleetProvisioningOf(foundation, broker), jobs.topics);
  listeners.observers.push(rules, foundation.controlPlane.defender.connections, foundation.controlPlane.defender.detection.counts);
  followRegistry(foundation, running.broker);
  const { api, resources, registry, dataEndpoint } = foundation.controlPlane;
  return {
    ...{ api, resources, registry, dataEndpoint, broker: running.broker },
    dataPlane: createMessageApi(running.core, options),
    jobsDataPlane: jobs.dataPlane,
    isEndpoint: (serverName) => serverName === dataEndpoint || domainNamed(registry, serverName) !== undefined,
    securityPolicies: () => unusualSecurityPolicies(registry),
    accept: (socket, port) => {
      running.accept(socket, port);
    },
    rulesIdle: () => rules.idle(),
    close: () => {
      foundation.controlPlane.defender.stop();
      releaseAuthorities(registry);
      running.close();
    },
  };
};
