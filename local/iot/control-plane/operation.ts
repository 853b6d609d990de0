import type { FunctionInvoker } from '../../lambda/function-invoker.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { CertificateAuthority } from '../certificate-authority/certificate-authority.ts';
import type { DeviceDefender } from '../defender/device-defender.ts';
import type { IotDirectory } from '../directory.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { ProvisioningClaims } from '../provisioning/claims/provisioning-claims.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { RuleDefinition } from '../rules/rule-definition.ts';
import type { ServiceRoles } from '../service-roles.ts';
import type { ValidInput } from '../valid-input.ts';
import type { OperationThrottle } from './operation-throttle.ts';

/** What operations work on. */
export interface IotServices {
  readonly registry: IotRegistry;
  readonly behaviour: IotBehaviour;
  readonly jobs: Jobs;
  readonly defender: DeviceDefender;
  readonly authority: CertificateAuthority;
  readonly directory: IotDirectory;
  /** Calls the functions of custom authorizers. */
  readonly invoker: FunctionInvoker;
  readonly claims: Pick<ProvisioningClaims, 'create'>;
  readonly roles: ServiceRoles;
  /** Throws for a rule that the rules engine cannot read: `SqlParseException` or `InvalidRequestException`. */
  readonly checkRule: (rule: RuleDefinition) => void;
  /** Called before every operation that comes over HTTP. */
  readonly throttle: OperationThrottle;
  /** The account's part of its endpoint names. */
  readonly endpointPrefix: string;
}

/** One operation of the control plane, called with an input that `validateInput` passed. Throws `AwsError`. */
export type IotOperation<Input, Output = object> = (services: IotServices, input: ValidInput<Input>) => Output | Promise<Output>;
