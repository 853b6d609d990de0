import { proveRecovery } from '../../approaches/pki/prove.ts';
import type { CertificateId } from '../../domain/identifiers.ts';
import { recoveryPrincipalOf } from '../../domain/recovery/recovery-connection.ts';
import { certificateIdOf } from '../store/certificate-id.ts';
import type { DeviceClaim, TicketIdentity } from '../store/claim-source.ts';
import { endpointOf } from '../mqtt/endpoint-choice.ts';
import type { Endpoint } from '../mqtt/endpoint.ts';
import type { ConnectRequest, MqttIdentity } from '../mqtt/mqtt-session.ts';

/** One connection with a claim: how it is made, and what the cloud calls the claim. */
export interface ClaimEntry {
  readonly request: ConnectRequest;
  readonly claimCertificateId: CertificateId;
}

export interface EntryWishes {
  /** `host` or `host:port`; goes before the claim's. */
  readonly endpoint?: string | undefined;
  /** Fresh for every connection. */
  readonly clientId: string;
  readonly privateKeyPem: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a device connects with that has a claim, or a ticket in the place of one. @throws BadSetupError */
export const claimEntryOf = (claim: DeviceClaim, wishes: EntryWishes): ClaimEntry => {
  const { identity } = claim;
  const { clientId } = wishes;
  if (isTicket(identity)) {
    const { endpoint } = identity;
    const request = { endpoint, clientId, identity: passwordOf(identity, wishes) };
    return { request, claimCertificateId: recoveryPrincipalOf(clientId) };
  }
  const endpoint: Endpoint = endpointOf(wishes.endpoint ?? claim.endpoint);
  return { request: { endpoint, clientId, identity }, claimCertificateId: certificateIdOf(identity.certificatePem) };
};

const isTicket = (identity: MqttIdentity | TicketIdentity): identity is TicketIdentity => 'ticket' in identity;

const passwordOf = ({ ticket, thingName, authorizer, serverName }: TicketIdentity, { clientId, privateKeyPem, at }: EntryWishes) => ({
  username: `${thingName}?x-amz-customauthorizer-name=${encodeURIComponent(authorizer)}`,
  password: proveRecovery({ privateKeyPem, ticket, at }, { serverName, clientId, thingName }),
});
