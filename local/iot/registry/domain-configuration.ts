import type { ApplicationProtocol, AuthenticationType, AuthorizerConfig, DomainType, ServerCertificateConfig } from '@aws-sdk/client-iot';
import type { ValidInput } from '../valid-input.ts';

/** A data endpoint of the account and what devices may do there. A change replaces the entry. Times are milliseconds since the epoch. */
export interface DomainConfiguration {
  readonly name: string;
  readonly arn: string;
  /** The name that clients ask for by SNI. */
  readonly domainName: string;
  readonly domainType: DomainType;
  readonly serviceType: 'DATA' | 'CREDENTIAL_PROVIDER' | 'JOBS';
  readonly serverCertificateArns: readonly string[];
  readonly authorizerConfig: ValidInput<AuthorizerConfig> | undefined;
  readonly status: 'ENABLED' | 'DISABLED';
  readonly statusChangedAt: number;
  readonly securityPolicy: string;
  readonly serverCertificateConfig: ValidInput<ServerCertificateConfig> | undefined;
  /** `DEFAULT` leaves the choice to port and ALPN. */
  readonly authenticationType: AuthenticationType;
  readonly applicationProtocol: ApplicationProtocol;
  /** A function that TLS asks about every client certificate. */
  readonly clientCertificateCallbackArn: string | undefined;
}
