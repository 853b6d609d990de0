import type { IConnectPacket } from 'mqtt-packet';
import { randomUUID } from 'node:crypto';

import type { Caller } from '../../gateway/api-service.ts';
import type { RefusalId } from '../behaviour/mqtt-refusals.data.ts';
import { AdmittedSession } from '../custom-authentication/admitted-session.ts';
import type { Presented } from '../custom-authentication/presented.ts';
import type { Arrival } from './arrival.ts';
import { logAuthenticationFailure } from './connection-log.ts';
import type { BrokerCore } from './core.ts';
import { judgeConnectForm } from './judge-connect.ts';

/** Who a client proved to be. */
export interface Identity {
  /** The certificate's id, or what a custom authorizer calls the client. */
  readonly principalId: string;
  readonly certificateId: string | undefined;
  /** What a custom authorizer allows, and for how long. */
  readonly admitted: AdmittedSession | undefined;
  /** Who signed the request that opened the WebSocket; IAM says what it may do. */
  readonly caller?: Caller | undefined;
}

/** IAM's own names of a role's session and of a user's key (DG:life-cycle-events, `principalIdentifier`). */
const identifyBySignature = (caller: Caller): Identity => {
  const principalId = caller.session?.assumedRoleId ?? caller.accessKeyId;
  return { principalId, certificateId: undefined, admitted: undefined, caller };
};

/** Judges the client certificate that TLS accepted. */
const identifyByCertificate = (core: BrokerCore, { peer, access }: Arrival, { clientId }: IConnectPacket): Identity | RefusalId => {
  const { certificateDer } = peer;
  const { authenticationType } = access;
  if (certificateDer === undefined) {
    logAuthenticationFailure(core, peer, { isAuthenticated: false, reason: 'NOT_AUTHENTICATED', authenticationType, clientId });
    return 'mqtt.connect.not-authenticated';
  }
  const authentication = core.directory.authenticate(certificateDer, peer);
  if (!authentication.isAuthenticated) {
    logAuthenticationFailure(core, peer, { ...authentication, authenticationType, clientId });
    core.justInTime?.presented({ ...peer, certificateDer, clientId });
    return 'mqtt.connect.not-authenticated';
  }
  const { certificateId } = authentication;
  return { principalId: certificateId, certificateId, admitted: undefined };
};

/** A CONNECT for the custom authorizer, with the certificate that was judged before, if there is one. */
interface Asked {
  readonly packet: IConnectPacket;
  readonly certificateId: string | undefined;
}

const presentedBy = (core: BrokerCore, { peer, http }: Arrival, { packet, certificateId }: Asked): Presented => {
  const pem = certificateId === undefined ? undefined : core.directory.certificatePem(certificateId);
  const certificate = certificateId === undefined || pem === undefined ? undefined : { pem, principalId: certificateId };
  const { username, password, clientId } = packet;
  return {
    connectionId: randomUUID(),
    tls: { serverName: peer.serverName, certificate },
    ...(http === undefined ? {} : { http }),
    mqtt: { username, password: typeof password === 'string' ? Buffer.from(password) : password, clientId },
  };
};

const identifyByAuthorizer = async (core: BrokerCore, arrival: Arrival, asked: Asked): Promise<Identity | RefusalId> => {
  const { customAuthentication, clock } = core;
  const { authenticationType, authorizerConfig } = arrival.access;
  const { packet, certificateId } = asked;
  const formRefusal = judgeConnectForm(packet);
  if (formRefusal !== undefined) return formRefusal;
  const presented = presentedBy(core, arrival, asked);
  const verdict = await customAuthentication.authenticate(presented, authorizerConfig);
  if (!verdict.isAuthenticated) {
    const { reason } = verdict;
    logAuthenticationFailure(core, arrival.peer, { isAuthenticated: false, reason, authenticationType, clientId: packet.clientId });
    return 'mqtt.connect.not-admitted';
  }
  const { authorizerName, admission } = verdict;
  const keepsId = core.behaviour['custom-authentication.refresh-keeps-connection-id'];
  const refresh = () => customAuthentication.refresh(keepsId ? presented : { ...presented, connectionId: randomUUID() }, authorizerName);
  const isNamedByAnswer = core.behaviour['custom-authentication.principal-identifier'] === 'answer';
  const principalId = isNamedByAnswer ? admission.principalId : authorizerName;
  return { principalId, certificateId, admitted: new AdmittedSession(clock, verdict, refresh) };
};

/** Finds out who sent CONNECT, in the way that the endpoint asks for; only a custom authorizer takes its time. */
export const identify = (
  core: BrokerCore,
  arrival: Arrival,
  packet: IConnectPacket,
): Identity | RefusalId | Promise<Identity | RefusalId> => {
  const { authenticationType, caller } = arrival.access;
  if (caller !== undefined) return identifyBySignature(caller);
  if (authenticationType === 'CUSTOM_AUTH') return identifyByAuthorizer(core, arrival, { packet, certificateId: undefined });
  const identity = identifyByCertificate(core, arrival, packet);
  if (typeof identity === 'string' || authenticationType === 'AWS_X509') return identity;
  return identifyByAuthorizer(core, arrival, { packet, certificateId: identity.certificateId });
};
