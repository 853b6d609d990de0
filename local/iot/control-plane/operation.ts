import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { CertificateAuthority } from '../certificate-authority/certificate-authority.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { ValidInput } from '../valid-input.ts';

/** What operations work on. */
export interface IotServices {
  readonly registry: IotRegistry;
  readonly behaviour: IotBehaviour;
  readonly authority: CertificateAuthority;
  /** Throws `SqlParseException` for a statement that the rules engine cannot read. */
  readonly checkRuleSql: (sql: string, version: string | undefined) => void;
  /** The account's part of its endpoint names. */
  readonly endpointPrefix: string;
}

/** One operation of the control plane, called with an input that `validateInput` passed. Throws `AwsError`. */
export type IotOperation<Input, Output = object> = (services: IotServices, input: ValidInput<Input>) => Output | Promise<Output>;
