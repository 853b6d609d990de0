import type { IConnectPacket } from 'mqtt-packet';
import { randomUUID } from 'node:crypto';

import type { RefusalId } from '../../behaviour/mqtt-refusals.data.ts';
import { outcomeOf } from '../../metrics/traffic-metrics.ts';
import type { PolicySubject } from '../../policy/authorizer.ts';
import type { Arrival } from '../arrival.ts';
import type { Client } from '../client.ts';
import { readConnect } from '../connect-terms.ts';
import { authorizationFailure, factsOf } from '../connection-facts.ts';
import type { BrokerCore } from '../core.ts';
import { type Applicant, establish } from '../establish.ts';
import type { Identity } from '../identify.ts';
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

const subjectOf = (core: BrokerCore, peer: TlsPeer, who: Identity & { readonly clientId: string }): PolicySubject => ({
  certificateId: who.certificateId,
  clientId: who.clientId,
  admitted: who.admitted,
  caller: who.caller,
  // A client without a certificate stands for no thing: nothing of it could be attached (DG:thing-policy-variables).
  thing: who.certificateId === undefined ? undefined : core.directory.associatedThing(who.certificateId, who.clientId),
  sourceIp: peer.sourceIp,
  serverName: peer.serverName,
});

const failPolicy = (core: BrokerCore, { peer }: Arrival, { subject, principalId }: Applicant): void => {
  const { sourceIp, sourcePort } = peer;
  const who = { clientId: subject.clientId, principalId, thing: subject.thing, sourceIp };
  core.events.connectFailed({ ...who, sessionIdentifier: randomUUID() });
  core.log({ eventType: 'Connect', status: 'Failure', ...factsOf({ ...who, sourcePort }), ...authorizationFailure(core.behaviour) });
};

const judgeRate = (core: BrokerCore, { peer }: Arrival, { request, principalId }: Applicant): RefusalId | undefined => {
  const throttle = core.throttle.throttleOfConnect(request.clientId, core.clients.size);
  if (throttle === undefined) return undefined;
  core.metrics.count(`Connect.${throttle}`);
  const facts = factsOf({ ...peer, clientId: request.clientId, principalId });
  core.log({ eventType: 'Connect', status: 'Failure', ...facts, ...throttled });
  return 'mqtt.connect.throttled';
};

const judgePolicy = (core: BrokerCore, arrival: Arrival, applicant: Applicant): RefusalId | undefined => {
  if (isConnectAllowed(core, applicant.subject, applicant.request)) return undefined;
  failPolicy(core, arrival, applicant);
  return 'mqtt.connect.not-authorized';
};

/** What an authenticated client may be refused for. */
const judgeApplicant = (core: BrokerCore, arrival: Arrival, applicant: Applicant): RefusalId | undefined => {
  const [first, second] = core.behaviour['mqtt.connection.rate-before-policy'] ? [judgeRate, judgePolicy] : [judgePolicy, judgeRate];
  return first(core, arrival, applicant) ?? second(core, arrival, applicant);
};

/** Who it is first, then form (DG:diagnosing-connectivity-issues). */
const applicantFor = (core: BrokerCore, { peer }: Arrival, asked: { readonly packet: IConnectPacket; readonly identity: Identity }) => {
  const { packet, identity } = asked;
  const formRefusal = judgeConnectForm(packet);
  if (formRefusal !== undefined) return formRefusal;
  const request = readConnect(packet, core.behaviour['mqtt.connection.assigned-id-prefix']);
  const { principalId, admitted } = identity;
  return { request, subject: subjectOf(core, peer, { ...identity, clientId: request.clientId }), principalId, admitted };
};

/** Whether the service speaks that protocol at all. */
export const readVersion = ({ transport }: Arrival, packet: IConnectPacket): boolean => {
  if ((packet.protocolVersion !== 4 && packet.protocolVersion !== 5) || 'bridgeMode' in packet) return false;
  transport.version = packet.protocolVersion;
  return true;
};

/** Answers the client once it is known who it is, and lets it in if it may. */
export const answerConnect = (
  core: BrokerCore,
  arrival: Arrival,
  { packet, identity }: { readonly packet: IConnectPacket; readonly identity: Identity | RefusalId },
): Client | undefined => {
  const applicant = typeof identity === 'string' ? identity : applicantFor(core, arrival, { packet, identity });
  const refusal = typeof applicant === 'string' ? applicant : judgeApplicant(core, arrival, applicant);
  if (typeof applicant !== 'string' && refusal === undefined) return establish(core, arrival, applicant);
  if (refusal !== undefined) {
    if (typeof identity !== 'string' && refusal !== 'mqtt.connect.throttled') core.metrics.count(`Connect.${outcomeOf(refusal)}`);
    refuseConnect(core, { arrival, packet }, refusal);
  }
  return undefined;
};
