import type { Caller } from '../../gateway/api-service.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { ThingView } from '../directory.ts';

/** What a policy evaluation came to (SDK TestAuthorization: allowed, denied.implicitDeny, denied.explicitDeny). */
export type Decision = 'allowed' | 'implicitDeny' | 'explicitDeny';

/** Who acts: an MQTT connection, as policy variables and conditions see it (DG:basic-policy-variables, DG:thing-policy-variables). */
export interface PolicySubject {
  /** Absent for a client that a custom authorizer let in without one. */
  readonly certificateId: string | undefined;
  /** What a custom authorizer allows, as of its last answer; beside the certificate's own policies, if there is one. */
  readonly admitted?: { readonly policies: readonly PolicyDocument[] } | undefined;
  /** Who signed the request; then IAM decides, and no policy of AWS IoT. */
  readonly caller?: Caller | undefined;
  readonly clientId: string;
  /** The thing that the connection stands for; absent leaves thing policy variables unresolved. */
  readonly thing?: ThingView | undefined;
  readonly sourceIp: string;
  /** The name asked for by SNI (`iot:DomainName`); absent when the client sent none. */
  readonly serverName?: string | undefined;
}

export type PolicyAction = 'iot:Connect' | 'iot:Publish' | 'iot:RetainPublish' | 'iot:Subscribe' | 'iot:Receive';

/** Features of a CONNECT that conditions may name (DG:connect-policy). */
export type ConnectAttribute = 'PersistentConnect' | 'LastWill';

export interface PolicyRequest {
  readonly action: PolicyAction;
  /** Client id (Connect), topic (Publish, RetainPublish, Receive) or topic filter (Subscribe). */
  readonly name: string;
  /** `iot:ConnectAttributes`, only with Connect. */
  readonly connectAttributes?: readonly ConnectAttribute[];
  /** Topic of the will (`iot:LastWillTopic` is its ARN), only with Connect. */
  readonly lastWillTopic?: string;
}

/** The policy engine as the broker uses it. Asked again for every packet and every delivery, so it may cache but never guess. */
export interface PolicyAuthorizer {
  authorize(subject: PolicySubject, request: PolicyRequest): Decision;
}
