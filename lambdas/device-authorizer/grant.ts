import { connectionEvent } from '../../domain/connection/connection-event.ts';
import {
  type ConnectedDevice,
  compileClockPolicies,
  compileConnectionPolicies,
  compileDiagnosisPolicies,
} from '../../domain/connection/connection-policy.ts';
import type { ConnectionPresentation } from '../../domain/connection/connection-presentation.ts';
import type { ConnectingDevice, ConnectionVerdict, SessionTimes } from '../../domain/connection/connection-verdict.ts';
import type { DeviceBoundaries, LineBoundary } from '../../domain/connection/device-boundaries.ts';
import type { PolicyScope } from '../../domain/policy-document.ts';
import { clockPrincipalOf, principalOf, rotationPrincipalOf } from '../../domain/connection/principal.ts';
import type { TopicTree } from '../../domain/topics.ts';
import { type AuthorizerAnswer, SHORTEST_SECONDS, within } from './answer.ts';
import type { ConnectionDecision } from './decision.ts';

/** One connection, with all that its approach does not decide. */
export interface Connection {
  readonly eventId: string;
  readonly approach: string;
  readonly presentation: ConnectionPresentation;
  readonly device: ConnectingDevice;
  readonly credentialId?: string | undefined;
  readonly line: LineBoundary;
}

export interface Compilation {
  readonly scope: PolicyScope;
  readonly topics: TopicTree;
  readonly tenants: DeviceBoundaries['tenants'];
}

export type Granted = Exclude<ConnectionVerdict, { readonly verdict: 'refuse' }>;

const clockTimes: SessionTimes = { disconnectAfter: SHORTEST_SECONDS, refreshAfter: SHORTEST_SECONDS };

/** Writes down what a verdict allows. */
export const grant = (compilation: Compilation, connection: Connection, verdict: Granted): ConnectionDecision => {
  const { device, presentation } = connection;
  const connected: ConnectedDevice = { thingName: device.thingName, clientId: presentation.clientId };
  const record = (code: 'connection.granted' | 'connection.restricted', reason?: 'quarantined' | 'proof-outside-its-time') =>
    connectionEvent({ ...judged(connection), enrollment: verdict.enrollment }, code, reason);
  if (verdict.verdict === 'clock') {
    const event = record('connection.restricted', 'proof-outside-its-time');
    const policyDocuments = compileClockPolicies(compilation, connected);
    return { verdict: 'admit', event, answer: answerFor(clockPrincipalOf(device.thingName), policyDocuments, clockTimes) };
  }
  const { enrollment, times } = verdict;
  if (enrollment.state === 'quarantined') {
    const event = record('connection.restricted', 'quarantined');
    const policyDocuments = compileDiagnosisPolicies(compilation, connected);
    return { verdict: 'admit', event, answer: answerFor(principalOf(device.thingName), policyDocuments, times) };
  }
  const reach = { ...verdict, line: connection.line, tenant: enrollment.tenant, tenants: compilation.tenants };
  const policyDocuments = compileConnectionPolicies(compilation, connected, reach);
  return { verdict: 'admit', event: record('connection.granted'), answer: answerFor(principalFor(verdict), policyDocuments, times) };
};

const principalFor = ({ enrollment: { thingName, state, rotation }, provesNext }: Extract<Granted, { verdict: 'admit' }>): string =>
  provesNext === true && state === 'rotating' && rotation !== undefined
    ? rotationPrincipalOf(thingName, rotation.id)
    : principalOf(thingName);

/** A connection as it stands on record. */
export const judged = ({ eventId, approach, presentation: { at, connectionId }, device, credentialId }: Connection) => ({
  eventId,
  at,
  approach,
  connectionId,
  device,
  credentialId,
});

const answerFor = (principalId: string, policyDocuments: readonly string[], times: SessionTimes): AuthorizerAnswer => ({
  isAuthenticated: true,
  principalId,
  policyDocuments,
  disconnectAfterInSeconds: within(times.disconnectAfter),
  refreshAfterInSeconds: within(times.refreshAfter),
});
