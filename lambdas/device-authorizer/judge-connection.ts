import { holdsCertificates } from '../../domain/changes/quarantine.ts';
import { deviceNamedBy, isClientIdOf } from '../../domain/connection/connection-client-id.ts';
import { type JudgedConnection, connectionEvent } from '../../domain/connection/connection-event.ts';
import type { ConnectionVerdict } from '../../domain/connection/connection-verdict.ts';
import type { DeviceBoundaries } from '../../domain/connection/device-boundaries.ts';
import { refusalOfEnrollment } from '../../domain/admission/device-judgement.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import type { Clock } from '../middleware/clock.ts';
import { withinDeadline } from '../middleware/deadline.ts';
import type { ApproachAuthorizer, ReadConnection } from './approach-authorizer.ts';
import type { ConnectionDecision } from './decision.ts';
import { type Compilation, type Connection, grant, judged } from './grant.ts';
import { readPresentation } from './presentation.ts';
import { RefusalBudget } from './refusal-budget.ts';
import { UnjudgedRefusals } from './unjudged-refusals.ts';

/** AWS IoT waits 5 s for an authorizer, and a cold start is part of them. */
export const DEADLINE_MS = 3_500;

export interface JudgeProps<Read extends ReadConnection> {
  readonly authorizer: ApproachAuthorizer<Read>;
  readonly boundaries: DeviceBoundaries;
  readonly compilation: Compilation;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Decides about one connection after another. What costs no request comes first; who is over the budget is not judged at all. */
export const connectionJudge = <Read extends ReadConnection>(
  props: JudgeProps<Read>,
): ((event: unknown) => Promise<ConnectionDecision>) => {
  const { authorizer, clock } = props;
  const budget = new RefusalBudget();
  const unjudged = new UnjudgedRefusals();

  const turnAway = ({ connection, reason }: Unreadable): ConnectionDecision => {
    const leftOut = unjudged.take(connection.at);
    if (leftOut === undefined) return { verdict: 'turn-away' };
    const event = connectionEvent(connection, 'connection.refused', reason);
    return { verdict: 'refuse', event: leftOut === 0 ? event : { ...event, leftOut } };
  };

  const decide = async ({ connection, read }: Readable<Read>): Promise<ConnectionDecision> => {
    const verdict = await withinDeadline({ clock, limitMs: DEADLINE_MS }, (signal) => authorizer.judge(read, signal));
    return decisionOf(props.compilation, connection, unlessBarred(connection, verdict));
  };

  return async (event) => {
    const readable = readConnection(props, event);
    if ('reason' in readable) return turnAway(readable);
    const { connection } = readable;
    const { thingName } = connection.device;
    const { at } = connection.presentation;
    if (!budget.isOpen(thingName, at)) return turnAway({ connection: judged(connection), reason: 'too-many-refusals' });
    let isLetIn = false;
    try {
      const decision = await decide(readable);
      isLetIn = decision.verdict === 'admit';
      return decision;
    } finally {
      if (isLetIn) budget.letIn(thingName, at);
      // Also for what broke: who can make it break must not be free to.
      else budget.refused(thingName, at);
    }
  };
};

interface Readable<Read> {
  readonly connection: Connection;
  readonly read: Read;
}

interface Unreadable {
  readonly connection: JudgedConnection;
  readonly reason: ReasonCode;
}

/** Makes every check that needs neither a request nor a secret. */
export const readConnection = <Read extends ReadConnection>(
  { authorizer, boundaries, clock, newId }: Omit<JudgeProps<Read>, 'compilation'>,
  event: unknown,
): Readable<Read> | Unreadable => {
  const { approach } = authorizer;
  const stamp = { eventId: newId(), at: clock.now(), approach };
  const presentation = readPresentation(event, stamp.at);
  if (presentation === undefined) return { connection: stamp, reason: 'malformed-request' };
  const { connectionId } = presentation;
  const read = authorizer.read(presentation);
  const named = () => deviceNamedBy(presentation.clientId, boundaries.lines);
  if (typeof read === 'string') return { connection: { ...stamp, connectionId, device: named() }, reason: read };
  const { device, credentialId } = read;
  const line = boundaries.lines.find(({ name }) => name === device.line);
  if (line === undefined) return { connection: { ...stamp, connectionId }, reason: 'another-approach' };
  const connection = { eventId: stamp.eventId, approach, presentation, device, credentialId, line };
  if (!isClientIdOf(device, presentation.clientId, line)) return { connection: judged(connection), reason: 'malformed-request' };
  return { connection, read };
};

// What an approach admits is looked at once more: no approach lets in who is barred, or somebody else than it was asked about.
const unlessBarred = ({ device, approach, line }: Connection, verdict: ConnectionVerdict): ConnectionVerdict => {
  const { enrollment } = verdict;
  if (verdict.verdict === 'refuse' || enrollment === undefined) return verdict;
  const reason = refusalOfEnrollment(enrollment, { ...device, approach });
  // Whoever was seen before is in; an enrollment that is only registered is a newcomer's.
  if (reason === undefined && line.isClosed === true && enrollment.state === 'registered')
    return { verdict: 'refuse', reason: 'line-closed', enrollment };
  const mayBeDiagnosed = reason === 'quarantined' && !holdsCertificates(enrollment);
  return reason === undefined || mayBeDiagnosed ? verdict : { verdict: 'refuse', reason, enrollment };
};

const decisionOf = (compilation: Compilation, connection: Connection, verdict: ConnectionVerdict): ConnectionDecision => {
  if (verdict.verdict !== 'refuse') return grant(compilation, connection, verdict);
  const { enrollment, reason } = verdict;
  return { verdict: 'refuse', event: connectionEvent({ ...judged(connection), enrollment }, 'connection.refused', reason) };
};
