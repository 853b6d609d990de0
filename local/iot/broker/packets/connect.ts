import type { IConnectPacket } from 'mqtt-packet';
import { randomUUID } from 'node:crypto';

import { Client } from '../client.ts';
import { type ConnectRequest, readConnect } from '../connect-terms.ts';
import type { BrokerCore } from '../core.ts';
import { endConnection } from '../end-connection.ts';
import { isConnectAllowed, judgeConnectForm } from '../judge-connect.ts';
import { logAuthenticationFailure, logConnect } from '../connection-log.ts';
import { quotas } from '../quotas.ts';
import { reasonCode } from '../reason-code.ts';
import { storedMessagePacing } from '../stored-message-pacing.ts';
import type { PolicySubject } from '../../policy/authorizer.ts';
import type { TlsPeer } from '../tls-peer.ts';
import type { Transport } from '../transport.ts';
import { connectRefusals, type Refusal } from '../wire-behaviour.ts';
import { acceptingConnack, refusingConnack } from './connack.ts';

const refuseConnect = (transport: Transport, refusal: Refusal): void => {
  const answer = transport.version === 5 ? refusal.mqtt5 : refusal.mqtt3;
  transport.close(answer === 'close' ? undefined : refusingConnack(transport.version, answer.code));
};

const subjectOf = (core: BrokerCore, peer: TlsPeer, certificateId: string, clientId: string): PolicySubject => ({
  certificateId,
  clientId,
  // Looked up once: thing policy variables keep their values for the life of the connection (assumed).
  thing: core.directory.associatedThing(certificateId, clientId),
  sourceIp: peer.sourceIp,
  serverName: peer.serverName,
});

/** The new connection wins; the old one learns who took its place. [MQTT-3.1.4-3] */
const takeOver = (core: BrokerCore, clientId: string): void => {
  const previous = core.clients.get(clientId);
  if (previous !== undefined) endConnection(core, previous, { reason: 'DUPLICATE_CLIENTID', reasonCode: reasonCode.sessionTakenOver });
};

const establish = (core: BrokerCore, transport: Transport, peer: TlsPeer, request: ConnectRequest, subject: PolicySubject): Client => {
  takeOver(core, request.clientId);
  core.pendingWills.cancel(request.clientId);
  const { session, isResumed } = core.sessions.open(request.clientId, request.isCleanStart);
  session.expirySeconds = Math.min(request.requestedExpirySeconds, core.settings.persistentSessionSeconds);
  const client = new Client(
    {
      ...request,
      principalId: subject.certificateId,
      thing: subject.thing,
      sessionIdentifier: randomUUID(),
      versionNumber: core.versionNumbers.connected(request.clientId),
    },
    { session, transport, peer, subject },
    core,
  );
  core.clients.set(client.clientId, client);
  transport.send(acceptingConnack(transport.version, request, { isResumed, expirySeconds: session.expirySeconds }));
  core.events.connected(client, client.terms.versionNumber);
  logConnect(core, client);
  session.attach(client, quotas.storedMessagesPerSecond);
  storedMessagePacing(core.clock, client);
  return client;
};

const failPolicy = (core: BrokerCore, transport: Transport, peer: TlsPeer, subject: PolicySubject): void => {
  const { clientId, certificateId: principalId, thing } = subject;
  core.events.connectFailed({ clientId, principalId, thing, sessionIdentifier: randomUUID(), sourceIp: peer.sourceIp });
  core.log({
    eventType: 'Connect',
    status: 'Failure',
    protocol: 'MQTT',
    clientId,
    principalId,
    sourceIp: peer.sourceIp,
    sourcePort: peer.sourcePort,
    reason: 'AUTHORIZATION_FAILURE',
    details: 'Authorization Failure',
  });
  refuseConnect(transport, connectRefusals.notAuthorized);
};

/** Judges in AWS's order: certificate, then policy (DG:diagnosing-connectivity-issues). Answers the client if it is let in. */
export const handleConnect = (core: BrokerCore, transport: Transport, peer: TlsPeer, packet: IConnectPacket): Client | undefined => {
  if ((packet.protocolVersion !== 4 && packet.protocolVersion !== 5) || 'bridgeMode' in packet) {
    transport.close();
    return undefined;
  }
  transport.version = packet.protocolVersion;
  const authentication = core.directory.authenticate(peer.certificateDer);
  if (!authentication.isAuthenticated) {
    logAuthenticationFailure(core, peer, authentication, packet.clientId);
    refuseConnect(transport, connectRefusals.notAuthenticated);
    return undefined;
  }
  const formRefusal = judgeConnectForm(packet);
  if (formRefusal !== undefined) {
    refuseConnect(transport, formRefusal);
    return undefined;
  }
  const request = readConnect(packet);
  const subject = subjectOf(core, peer, authentication.certificateId, request.clientId);
  if (isConnectAllowed(core, subject, request)) return establish(core, transport, peer, request, subject);
  failPolicy(core, transport, peer, subject);
  return undefined;
};
