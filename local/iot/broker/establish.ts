import { randomUUID } from 'node:crypto';

import type { AdmittedSession } from '../custom-authentication/admitted-session.ts';
import type { PolicySubject } from '../policy/authorizer.ts';
import type { Arrival } from './arrival.ts';
import { Client } from './client.ts';
import type { ConnectRequest } from './connect-terms.ts';
import { logAuthenticationFailure, logConnect } from './connection-log.ts';
import type { BrokerCore } from './core.ts';
import { endConnection } from './end-connection.ts';
import { acceptingConnack } from './packets/connack.ts';
import { storedMessagePacing } from './stored-message-pacing.ts';

/** Who asks to be let in, and for what. */
export interface Applicant {
  readonly request: ConnectRequest;
  readonly subject: PolicySubject;
  /** The certificate's id, or what a custom authorizer calls the client. */
  readonly principalId: string;
  /** What a custom authorizer allows, and for how long. */
  readonly admitted?: AdmittedSession | undefined;
}

/** The new connection wins; the old one learns who took its place. [MQTT-3.1.4-3] */
const takeOver = (core: BrokerCore, clientId: string): void => {
  const previous = core.clients.get(clientId);
  if (previous !== undefined) endConnection(core, previous, { reason: 'DUPLICATE_CLIENTID' });
};

const openSession = (core: BrokerCore, { transport }: Arrival, request: ConnectRequest) => {
  const opened = core.sessions.open(request.clientId, { version: transport.version, isCleanStart: request.isCleanStart });
  if (opened.isResumed) core.pendingWills.cancel(request.clientId);
  else core.pendingWills.publishNow(request.clientId);
  opened.session.expirySeconds = Math.min(request.requestedExpirySeconds, core.settings.persistentSessionSeconds);
  return opened;
};

/** The authorizer's time is limited, and it is asked again and again. */
const limitAdmission = (core: BrokerCore, { peer, access }: Arrival, client: Client): void => {
  const { clientId, terms } = client;
  terms.admitted?.begin({
    onExpired: () => {
      endConnection(core, client, { reason: 'CUSTOMAUTH_TTL_EXPIRATION' });
    },
    onRefused: ({ reason }) => {
      logAuthenticationFailure(core, peer, { isAuthenticated: false, reason, clientId, authenticationType: access.authenticationType });
      endConnection(core, client, { reason: core.behaviour['custom-authentication.failed-refresh-reason'] });
    },
  });
};

/** Makes a connection of an applicant who was let in, and sends what waits for it. */
export const establish = (core: BrokerCore, arrival: Arrival, { request, subject, principalId, admitted }: Applicant): Client => {
  const { transport, peer } = arrival;
  takeOver(core, request.clientId);
  const { session, isResumed } = openSession(core, arrival, request);
  const client = new Client(
    {
      ...request,
      principalId,
      admitted,
      thing: subject.thing,
      sessionIdentifier: randomUUID(),
      versionNumber: core.versionNumbers.connected(request.clientId),
      connectedAt: core.clock.now(),
    },
    { session, transport, peer, subject },
    core,
  );
  core.clients.set(client.clientId, client);
  limitAdmission(core, arrival, client);
  transport.limit(client.rates);
  transport.send(acceptingConnack(core, { version: transport.version, request, isResumed, expirySeconds: session.expirySeconds }));
  core.events.connected(client, client.terms.versionNumber);
  logConnect(core, client);
  session.attach(client);
  storedMessagePacing(core.clock, client);
  core.sessions.shared.drain(session);
  return client;
};
