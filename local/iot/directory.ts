/** A thing as policies, events and rules see it. */
export interface ThingView {
  readonly thingName: string;
  readonly thingTypeName?: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether the certificate is attached to it as `EXCLUSIVE_THING`: only then do lifecycle events carry its name. */
  readonly isExclusive: boolean;
}

/** AWS IoT's own reasons, as `Connection.AuthNError` log entries name them (DG:cwl-format). */
export type AuthenticationFailure =
  | 'DEVICE_CERTIFICATE_NOT_REGISTERED'
  | 'DEVICE_CERTIFICATE_INACTIVE'
  | 'DEVICE_CERTIFICATE_REVOKED'
  | 'NOT_AUTHENTICATED'
  | 'CUSTOM_AUTHORIZER_NOT_FOUND'
  | 'CUSTOM_AUTHORIZER_PARAMETER_INVALID'
  | 'CUSTOM_AUTHORIZER_LAMBDA_EXECUTION_ERROR'
  | 'DOMAIN_CONFIGURATION_DISABLED';

export type Authentication =
  | { readonly isAuthenticated: true; readonly certificateId: string }
  | { readonly isAuthenticated: false; readonly certificateId?: string; readonly reason: AuthenticationFailure };

/** What a connection asked for by SNI. */
export interface NamedPeer {
  readonly serverName: string | undefined;
}

/** What the broker, the policy engine and provisioning may ask about registered certificates, things and policies. */
export interface IotDirectory {
  /**
   * Judges a client certificate (DER) that TLS accepted: registered, active, unexpired on the service's clock; in mode
   * SNI_ONLY it also needs SNI, when the connection is given.
   */
  authenticate(certificateDer: Buffer, peer?: NamedPeer): Authentication;
  /**
   * The thing that a connection stands for (DG:exclusive-thing): the exclusively attached one whatever the client id,
   * else the attached thing whose name equals the client id.
   */
  associatedThing(certificateId: string, clientId: string): ThingView | undefined;
  /** Default versions of the policies on the certificate and on the thing's groups and their ancestors, as JSON text. */
  policyDocuments(certificateId: string, thing: ThingView | undefined): readonly string[];
  /** The certificate's PEM, for policy variables and events. */
  certificatePem(certificateId: string): string | undefined;
}
