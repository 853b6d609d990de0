import type { IConnectPacket } from 'mqtt-packet';
import { randomUUID } from 'node:crypto';

import type { Arrival } from '../arrival.ts';
import { Client } from '../client.ts';
import { type ConnectRequest, readConnect } from '../connect-terms.ts';
import type { BrokerCore } from '../core.ts';
import { endConnection } from '../end-connection.ts';
import { isConnectAllowed, judgeConnectForm } from '../judge-connect.ts';
import { authorizationFailure, factsOf, logAuthenticationFailure, logConnect } from '../connection-log.ts';
import { quotas } from '../quotas.ts';
import { reasonCode } from '../reason-code.ts';
import { storedMessagePacing } from '../stored-message-pacing.ts';
import type { PolicySubject } from '../../policy/authorizer.ts';
import type { TlsPeer } from '../tls-peer.ts';
import type { Transport } from '../transport.ts';
import { connectRefusals, type Refusal } from '../wire-behaviour.ts';
import { acceptingConnack, refusingConnack } from './connack.ts';

/** Who asks to be let in, and for what. */
interface Applicant {
  readonly request: ConnectRequest;
  readonly subject: PolicySubject;
}

const refuseConnect = (transport: Transport, refusal: Refusal): void => {
  const answer = transport.version === 5 ? refusal.mqtt5 : refusal.mqtt3;
  transport.close(answer === 'close' ? undefined : refusingConnack(transport.version, answer.code));
};

const subjectOf = (core: BrokerCore, peer: TlsPeer, who: { readonly certificateId: string; readonly clientId: string }): PolicySubject => ({
  ...who,
  // Looked up once: thing policy variables keep their values for the life of the connection (assumed).
  thing: core.directory.associatedThing(who.certificateId, who.clientId),
  sourceIp: peer.sourceIp,
  serverName: peer.serverName,
});

/** The new connection wins; the old one learns who took its place. [MQTT-3.1.4-3] */
const takeOver = (core: BrokerCore, clientId: string): void => {
  const previous = core.clients.get(clientId);
  if (previous !== undefined) endConnection(core, previous, { reason: 'DUPLICATE_CLIENTID', reasonCode: reasonCode.sessionTakenOver });
};

const establish = (core: BrokerCore, { transport, peer }: Arrival, { request, subject }: Applicant): Client => {
  takeOver(core, request.clientId);
  const { session, isResumed } = core.sessions.open(request.clientId, request.isCleanStart);
  if (isResumed) core.pendingWills.cancel(request.clientId);
  else core.pendingWills.publishNow(request.clientId);
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

const failPolicy = (core: BrokerCore, { transport, peer }: Arrival, subject: PolicySubject): void => {
  const { sourceIp, sourcePort } = peer;
  const who = { clientId: subject.clientId, principalId: subject.certificateId, thing: subject.thing, sourceIp };
  core.events.connectFailed({ ...who, sessionIdentifier: randomUUID() });
  core.log({ eventType: 'Connect', status: 'Failure', ...factsOf({ ...who, sourcePort }), ...authorizationFailure });
  refuseConnect(transport, connectRefusals.notAuthorized);
};

/** Judges in AWS's order: certificate, then policy (DG:diagnosing-connectivity-issues). Answers the client if it is let in. */
export const handleConnect = (core: BrokerCore, arrival: Arrival, packet: IConnectPacket): Client | undefined => {
  const { transport, peer } = arrival;
  if ((packet.protocolVersion !== 4 && packet.protocolVersion !== 5) || 'bridgeMode' in packet) {
    transport.close();
    return undefined;
  }
  transport.version = packet.protocolVersion;
  const authentication = core.directory.authenticate(peer.certificateDer);
  if (!authentication.isAuthenticated) {
    logAuthenticationFailure(core, peer, { ...authentication, clientId: packet.clientId });
    refuseConnect(transport, connectRefusals.notAuthenticated);
    return undefined;
  }
  const formRefusal = judgeConnectForm(packet);
  if (formRefusal !== undefined) {
    refuseConnect(transport, formRefusal);
    return undefined;
  }
  const request = readConnect(packet);
  const subject = subjectOf(core, peer, { certificateId: authentication.certificateId, clientId: request.clientId });
  if (isConnectAllowed(core, subject, request)) return establish(core, arrival, { request, subject });
  failPolicy(core, arrival, subject);
  return undefined;
};
