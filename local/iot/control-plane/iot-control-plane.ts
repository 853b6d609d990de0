import { randomBytes } from 'node:crypto';
import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { FunctionInvoker } from '../../lambda/function-invoker.ts';
import type { ApiService } from '../../gateway/api-service.ts';
import type { AccessControl } from '../../iam/access/access-control.ts';
import { createBehaviour, type IotBehaviour } from '../behaviour/behaviour.ts';
import type { Randomness } from '../certificate-authority/certificate-authority.ts';
import { createCertificateAuthority } from '../certificate-authority/certificate-authority.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { DefenderPorts } from '../defender/defender-ports.ts';
import { createDeviceDefender, type DeviceDefender } from '../defender/device-defender.ts';
import type { IotDirectory } from '../directory.ts';
import { Jobs } from '../jobs/jobs.ts';
import { withClaims } from '../provisioning/claims/claim-directory.ts';
import { ProvisioningClaims } from '../provisioning/claims/provisioning-claims.ts';
import type { ProvisioningRegistry } from '../provisioning-registry.ts';
import { createDirectory } from '../registry/registry-directory.ts';
import { createProvisioningRegistry } from '../registry/registry-provisioning.ts';
import type { CaHolders, IotRegistry } from '../registry/registry.ts';
import { createRegistry } from '../registry/registry.ts';
import { createIotResources } from '../resources/iot-resources.ts';
import type { RuleDefinition } from '../rules/rule-definition.ts';
import { unlimitedRoles, type ServiceRoles } from '../service-roles.ts';
import { createControlPlane } from './create-control-plane.ts';
import { endpointAddresses, endpointPrefixOf } from './endpoint-addresses.ts';
import { countedBy, createOperationThrottle, type OperationThrottleSettings } from './operation-throttle.ts';

export interface IotControlPlaneOptions extends Partial<Pick<DefenderPorts, 'notifications' | 'revocationList'>> {
  readonly account: Account;
  readonly clock: Clock;
  /** Calls the functions of custom authorizers; without it there are no functions. */
  readonly invoker?: FunctionInvoker;
  /** Default: the table of assumptions as it stands. */
  readonly behaviour?: IotBehaviour;
  readonly access?: AccessControl | undefined;
  /** Default: every role exists and may do everything. */
  readonly roles?: ServiceRoles | undefined;
  /** Ids and serial numbers come from here; secure random bytes unless given. */
  readonly randomness?: Randomness;
  /** Shared by the accounts of one local AWS; without it this account is the only one. */
  readonly caHolders?: CaHolders | undefined;
  /** Requests per second; without it any rate passes. */
  readonly rates?: OperationThrottleSettings;
  /** The rules engine's reader: throws `SqlParseException` or `InvalidRequestException`. Without it every rule is stored. */
  readonly checkRule?: (rule: RuleDefinition) => void;
}

/** AWS IoT Core's control plane with all that other parts of the local AWS take from it. */
export interface IotControlPlane {
  readonly api: ApiService;
  readonly client: ControlPlaneClient;
  /** The same for calls that count against the account's quotas: they reject with `ThrottlingException` beyond them. */
  readonly countedClient: ControlPlaneClient;
  readonly directory: IotDirectory;
  readonly provisioning: ProvisioningRegistry;
  readonly registry: IotRegistry;
  readonly jobs: Jobs;
  readonly defender: DeviceDefender;
  readonly resources: readonly ResourceProvider[];
  /** The address that DescribeEndpoint answers for `iot:Data-ATS`. */
  readonly dataEndpoint: string;
}

const withoutFunctions: FunctionInvoker = { invoke: () => Promise.resolve({ outcome: 'refused', code: 'ResourceNotFoundException' }) };

export const createIotControlPlane = ({
  account,
  clock,
  invoker = withoutFunctions,
  behaviour = createBehaviour(),
  access,
  roles = unlimitedRoles,
  randomness = randomBytes,
  caHolders,
  rates = { operationRates: 'off' },
  checkRule,
  notifications,
  revocationList = () => undefined,
}: IotControlPlaneOptions): IotControlPlane => {
  const registry = createRegistry({ account, clock, randomness, caHolders });
  const authority = createCertificateAuthority({ clock, randomness, keepsSubject: behaviour['certificate.keeps-subject'] });
  const claims = new ProvisioningClaims({ registry, authority, endsConnections: behaviour['claim.ends-connections'] });
  const jobs = new Jobs({ registry, behaviour });
  const directory = withClaims(createDirectory(registry, behaviour), { account, behaviour, claims });
  const endpointPrefix = endpointPrefixOf(account);
  const acceptAnyRule = (): void => undefined;
  const throttle = createOperationThrottle(clock, behaviour, rates);
  const defender = createDeviceDefender({
    ...{ registry, clock, behaviour, roles, notifications, revocationList },
    controlPlane: () => client,
  });
  const { api, client } = createControlPlane(
    {
      registry,
      behaviour,
      ...{ jobs, defender },
      authority,
      ...{ claims, roles, directory, invoker },
      endpointPrefix,
      throttle,
      checkRule: checkRule ?? acceptAnyRule,
    },
    access,
  );
  const addresses = endpointAddresses(endpointPrefix, account.region);
  return {
    api,
    client,
    countedClient: countedBy(throttle, client),
    directory,
    provisioning: createProvisioningRegistry(registry, { authority, claims, behaviour }),
    registry,
    ...{ jobs, defender },
    resources: createIotResources({ client, registry, behaviour }),
    dataEndpoint: addresses.get('iot:Data-ATS') ?? '',
  };
};
