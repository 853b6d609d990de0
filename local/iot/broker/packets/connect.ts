import type { IConnectPacket } from 'mqtt-packet';
import { randomUUID } from 'node:crypto';

import type { RefusalId } from '../../behaviour/mqtt-refusals.data.ts';
import { outcomeOf } from '../../metrics/traffic-metrics.ts';
import type { PolicySubject } from '../../policy/authorizer.ts';
import type { Arrival } from '../arrival.ts';
import type { Client } from '../client.ts';
import { readConnect } from '../connect-terms.ts';
import { authorizationFailure, factsOf, logAuthenticationFailure } from '../connection-log.ts';
import type { BrokerCore } from '../core.ts';
import { type Applicant, establish } from '../establish.ts';
import { isConnectAllowed, judgeConnectForm } from '../judge-connect.ts';
import { answerTo } from '../refuse.ts';
import { throttled } from '../throttling-log.ts';
import type { TlsPeer } from '../tls-peer.ts';
import { refusingConnack } from './connack.ts';

interface Refused {
  readonly arrival: Arrival;
  readonly packet: IConnectPacket;
}

const refuseConnect = (core: BrokerCore, { arrival: { transport }, packet }: Refused, id: RefusalId): void => {
  const answer = answerTo(core.behaviour[id], transport.version);
  const wantsReasons = packet.properties?.requestProblemInformation !== false;
  transport.close(
    answer.how === 'acknowledge' ? refusingConnack(core, { version: transport.version, wantsReasons, code: answer.code }) : undefined,
  );
};

const subjectOf = (core: BrokerCore, peer: TlsPeer, who: { readonly certificateId: string; readonly clientId: string }): PolicySubject => ({
  ...who,
  thing: core.directory.associatedThing(who.certificateId, who.clientId),
  sourceIp: peer.sourceIp,
  serverName: peer.serverName,
});

const failPolicy = (core: BrokerCore, { peer }: Arrival, { subject, principalId }: Applicant): void => {
  const { sourceIp, sourcePort } = peer;
  const who = { clientId: subject.clientId, principalId, thing: subject.thing, sourceIp };
  core.events.connectFailed({ ...who, sessionIdentifier: randomUUID() });
  core.log({ eventType: 'Connect', status: 'Failure', ...factsOf({ ...who, sourcePort }), ...authorizationFailure });
};

/** Quotas, then policy: what an authenticated client may be refused for. */
const judgeApplicant = (core: BrokerCore, arrival: Arrival, applicant: Applicant): RefusalId | undefined => {
  const { request, subject, principalId } = applicant;
  if (!core.throttle.mayConnect(request.clientId, core.clients.size)) {
    const facts = factsOf({ ...arrival.peer, clientId: request.clientId, principalId });
    core.log({ eventType: 'Connect', status: 'Failure', ...facts, ...throttled });
    return 'mqtt.connect.throttled';
  }
  if (isConnectAllowed(core, subject, request)) return undefined;
  failPolicy(core, arrival, applicant);
  return 'mqtt.connect.not-authorized';
};

/** The certificate first, then form (DG:diagnosing-connectivity-issues). */
const judgeCertificate = (core: BrokerCore, { peer }: Arrival, packet: IConnectPacket): Applicant | RefusalId => {
  const authentication = core.directory.authenticate(peer.certificateDer, peer);
  if (!authentication.isAuthenticated) {
    logAuthenticationFailure(core, peer, { ...authentication, clientId: packet.clientId });
    core.justInTime?.presented({ ...peer, clientId: packet.clientId });
    return 'mqtt.connect.not-authenticated';
  }
  const formRefusal = judgeConnectForm(packet);
  if (formRefusal !== undefined) return formRefusal;
  const request = readConnect(packet);
  const { certificateId } = authentication;
  return { request, subject: subjectOf(core, peer, { certificateId, clientId: request.clientId }), principalId: certificateId };
};

/** Answers the client, and lets it in if it may. */
export const handleConnect = (core: BrokerCore, arrival: Arrival, packet: IConnectPacket): Client | undefined => {
  const { transport } = arrival;
  if ((packet.protocolVersion !== 4 && packet.protocolVersion !== 5) || 'bridgeMode' in packet) {
    transport.close();
    return undefined;
  }
  transport.version = packet.protocolVersion;
  const applicant = judgeCertificate(core, arrival, packet);
  const refusal = typeof applicant === 'string' ? applicant : judgeApplicant(core, arrival, applicant);
  if (typeof applicant !== 'string' && refusal === undefined) return establish(core, arrival, applicant);
  if (refusal !== undefined) {
    if (refusal !== 'mqtt.connect.not-authenticated') core.metrics.count(`Connect.${outcomeOf(refusal)}`);
    refuseConnect(core, { arrival, packet }, refusal);
  }
  return undefined;
};
