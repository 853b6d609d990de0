import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { compileProvisioningPolicy } from '../../domain/claim/claim-policy.ts';
import { connectionEvent } from '../../domain/connection/connection-event.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { PolicyScope } from '../../domain/policy-document.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { RECOVERY_CONNECTION_S, recoveryPrincipalOf } from '../../domain/recovery/recovery-connection.ts';
import type { RecoveringDevice, RecoveryProofs } from '../../domain/recovery/recovery-ports.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { type AuthorizerAnswer, refusal } from '../device-authorizer/answer.ts';
import type { ConnectionDecision } from '../device-authorizer/decision.ts';
import { DEADLINE_MS } from '../device-authorizer/judge-connection.ts';
import { RefusalBudget } from '../device-authorizer/refusal-budget.ts';
import { UnjudgedRefusals } from '../device-authorizer/unjudged-refusals.ts';
import { auditEmission } from '../middleware/audit-emission.ts';
import type { Clock } from '../middleware/clock.ts';
import { withinDeadline } from '../middleware/deadline.ts';
import { failClosed } from '../middleware/fail-closed.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { refusalFloor } from '../middleware/refusal-floor.ts';
import { type TakingStamp, type TicketTaker, admitByTicket } from './admit-by-ticket.ts';
import { type Knock, type KnockReading, readKnock } from './read-knock.ts';

export interface RecoveryAuthorizerProps extends TicketTaker, KnockReading {
  readonly proofs: RecoveryProofs;
  readonly scope: PolicyScope;
  readonly audit: AuditLog;
  readonly faults: FaultLog;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Milliseconds from the start that a refusal takes at the least. */
  readonly refusalFloorMs: number;
}

/** The recovery authorizer: lets a device in by the key of its certificate and a ticket, to ask for another certificate and nothing else. */
export const createRecoveryAuthorizer = (
  props: RecoveryAuthorizerProps,
): ((event: unknown, context: Context) => Promise<AuthorizerAnswer>) => {
  const { clock, newId, refusalFloorMs } = props;
  const refuseBroken = (reason: ReasonCode) => refused({ at: clock.now(), eventId: newId() }, reason);
  // Ways out run from the last to the first: refuse what broke, put it on record, hold it back.
  const decisionOn = middy<unknown, ConnectionDecision>({ timeoutEarlyInMillis: 0 })
    .use(refusalFloor({ clock, floorMs: refusalFloorMs }))
    .use(
      auditEmission({ ...props, eventsOf: (decision: ConnectionDecision) => (decision.verdict === 'turn-away' ? [] : [decision.event]) }),
    )
    .use(failClosed({ faults: props.faults, refuse: (_, reason) => refuseBroken(reason) }))
    .handler(judgeWith(props));
  return async (event, context) => {
    const decision = await decisionOn(event, context);
    return decision.verdict === 'admit' ? decision.answer : refusal;
  };
};

// As other authorizers do: who floods this door is refused without being judged, and without a record of each.
const judgeWith = (props: RecoveryAuthorizerProps): ((event: unknown) => Promise<ConnectionDecision>) => {
  const budget = new RefusalBudget();
  const unjudged = new UnjudgedRefusals();
  const turnAway = (stamp: TakingStamp, reason: ReasonCode, device?: RecoveringDevice): ConnectionDecision => {
    const leftOut = unjudged.take(stamp.at);
    if (leftOut === undefined) return { verdict: 'turn-away' };
    const decision = refused(stamp, reason, { device });
    return leftOut === 0 ? decision : { ...decision, event: { ...decision.event, leftOut } };
  };
  return async (event) => {
    const stamp = { at: props.clock.now(), eventId: props.newId() };
    const knock = readKnock(props, event, stamp.at);
    if ('reason' in knock) return turnAway(stamp, knock.reason, knock.device);
    const { thingName } = knock.device;
    if (!budget.isOpen(thingName, stamp.at)) return turnAway(stamp, 'too-many-refusals', knock.device);
    budget.refused(thingName, stamp.at);
    return decide(props, knock, stamp);
  };
};

const decide = async (props: RecoveryAuthorizerProps, knock: Knock, stamp: TakingStamp): Promise<ConnectionDecision> => {
  const taken = await withinDeadline({ clock: props.clock, limitMs: DEADLINE_MS }, (signal) =>
    admitByTicket(props, knock, { ...stamp, signal }),
  );
  if ('reason' in taken) return refused(stamp, taken.reason, { device: knock.device, enrollment: taken.enrollment });
  return { verdict: 'admit', event: taken.event, answer: answerFor(props, knock) };
};

const answerFor = ({ prefix, scope }: RecoveryAuthorizerProps, { device, occasion: { clientId } }: Knock): AuthorizerAnswer => {
  const policy = compileProvisioningPolicy(scope, { templateName: resourceNames(prefix).template(device.line), clients: clientId });
  return {
    isAuthenticated: true,
    principalId: recoveryPrincipalOf(clientId),
    // A document of an authorizer may have 2,048 characters.
    policyDocuments: policy.Statement.map((statement) => JSON.stringify({ ...policy, Statement: [statement] })),
    disconnectAfterInSeconds: RECOVERY_CONNECTION_S,
    refreshAfterInSeconds: RECOVERY_CONNECTION_S,
  };
};

interface About {
  readonly device?: RecoveringDevice | undefined;
  readonly enrollment?: Enrollment | undefined;
}

const refused = ({ at, eventId }: TakingStamp, reason: ReasonCode, about: About = {}) => ({
  verdict: 'refuse' as const,
  event: connectionEvent({ at, eventId, approach: 'pki', ...about }, 'connection.refused', reason),
});
