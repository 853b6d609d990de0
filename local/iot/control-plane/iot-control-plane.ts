import { randomBytes } from 'node:crypto';
import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ApiService } from '../../gateway/api-service.ts';
import { createBehaviour, type IotBehaviour } from '../behaviour/behaviour.ts';
import type { Randomness } from '../certificate-authority/certificate-authority.ts';
import { createCertificateAuthority } from '../certificate-authority/certificate-authority.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotDirectory } from '../directory.ts';
import type { ProvisioningRegistry } from '../provisioning-registry.ts';
import { createDirectory } from '../registry/registry-directory.ts';
import { createProvisioningRegistry } from '../registry/registry-provisioning.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { createRegistry } from '../registry/registry.ts';
import { createIotResources } from '../resources/iot-resources.ts';
import { createControlPlane } from './create-control-plane.ts';
import { endpointAddresses, endpointPrefixOf } from './endpoint-addresses.ts';
import { createOperationThrottle, type OperationThrottleSettings } from './operation-throttle.ts';

export interface IotControlPlaneOptions {
  readonly account: Account;
  readonly clock: Clock;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: IotBehaviour;
  /** Ids and serial numbers come from here; secure random bytes unless given. */
  readonly randomness?: Randomness;
  /** Requests per second; without it any rate passes. */
  readonly rates?: OperationThrottleSettings;
  /** The rules engine's parser: throws `SqlParseException`. Without it every statement is stored. */
  readonly checkRuleSql?: (sql: string, version: string | undefined) => void;
}

/** AWS IoT Core's control plane with all that other parts of the local AWS take from it. */
export interface IotControlPlane {
  readonly api: ApiService;
  readonly client: ControlPlaneClient;
  readonly directory: IotDirectory;
  readonly provisioning: ProvisioningRegistry;
  readonly registry: IotRegistry;
  readonly resources: readonly ResourceProvider[];
  /** The address that DescribeEndpoint answers for `iot:Data-ATS`. */
  readonly dataEndpoint: string;
}

export const createIotControlPlane = ({
  account,
  clock,
  behaviour = createBehaviour(),
  randomness = randomBytes,
  rates = { operationRates: 'off' },
  checkRuleSql,
}: IotControlPlaneOptions): IotControlPlane => {
  const registry = createRegistry({ account, clock, randomness });
  const authority = createCertificateAuthority({ clock, randomness });
  const endpointPrefix = endpointPrefixOf(account);
  const acceptAnySql = (): void => undefined;
  const { api, client } = createControlPlane({
    registry,
    behaviour,
    authority,
    endpointPrefix,
    throttle: createOperationThrottle(clock, behaviour, rates),
    checkRuleSql: checkRuleSql ?? acceptAnySql,
  });
  const addresses = endpointAddresses(endpointPrefix, account.region);
  return {
    api,
    client,
    directory: createDirectory(registry),
    provisioning: createProvisioningRegistry(registry, authority),
    registry,
    resources: createIotResources({ client, registry }),
    dataEndpoint: addresses.get('iot:Data-ATS') ?? '',
  };
};
