import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { deviceNamedBy } from '../../domain/connection/connection-client-id.ts';
import { connectionEvent } from '../../domain/connection/connection-event.ts';
import type { DeviceBoundaries } from '../../domain/connection/device-boundaries.ts';
import type { PolicyScope } from '../../domain/policy-document.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { topicTree } from '../../domain/topics.ts';
import { auditEmission } from '../middleware/audit-emission.ts';
import type { Clock } from '../middleware/clock.ts';
import { type Invocation, failClosed } from '../middleware/fail-closed.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import { refusalFloor } from '../middleware/refusal-floor.ts';
import { type AuthorizerAnswer, refusal } from './answer.ts';
import type { ApproachAuthorizer, ReadConnection } from './approach-authorizer.ts';
import type { ConnectionDecision } from './decision.ts';
import { connectionJudge } from './judge-connection.ts';
import { readPresentation } from './presentation.ts';

/** Everything around an approach. */
export interface Surroundings {
  readonly topicPrefix: string;
  readonly scope: PolicyScope;
  readonly boundaries: DeviceBoundaries;
  readonly audit: AuditLog;
  readonly faults: FaultLog;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Milliseconds from the start that a refusal takes at the least. */
  readonly refusalFloorMs: number;
}

export interface DeviceAuthorizerProps<Read extends ReadConnection> extends Surroundings {
  readonly authorizer: ApproachAuthorizer<Read>;
}

/** An authorizer: says of each connection what it may do, and refuses whatever it does not understand. */
export const createDeviceAuthorizer = <Read extends ReadConnection>(
  props: DeviceAuthorizerProps<Read>,
): ((event: unknown, context: Context) => Promise<AuthorizerAnswer>) => {
  const { boundaries, scope, topicPrefix, clock, refusalFloorMs } = props;
  const judge = connectionJudge({ ...props, compilation: { scope, topics: topicTree(topicPrefix), tenants: boundaries.tenants } });
  // Ways out run from the last to the first: refuse what broke, put it on record, hold it back.
  const decisionOn = middy<unknown, ConnectionDecision>({ timeoutEarlyInMillis: 0 })
    .use(refusalFloor({ clock, floorMs: refusalFloorMs }))
    .use(auditEmission({ ...props, eventsOf }))
    .use(failClosed({ faults: props.faults, refuse: (invocation, reason) => refuseBroken(props, invocation, reason) }))
    .handler(judge);
  return async (event, context) => {
    const decision = await decisionOn(event, context);
    return decision.verdict === 'admit' ? decision.answer : refusal;
  };
};

const eventsOf = (decision: ConnectionDecision) => (decision.verdict === 'turn-away' ? [] : [decision.event]);

const refuseBroken = <Read extends ReadConnection>(
  { authorizer, boundaries, clock, newId }: DeviceAuthorizerProps<Read>,
  { event }: Invocation,
  reason: ReasonCode,
) => {
  const at = clock.now();
  const presentation = readPresentation(event, at);
  // Not as the approach reads it: what broke may be its reading.
  const device = presentation && deviceNamedBy(presentation.clientId, boundaries.lines);
  const connection = { eventId: newId(), at, approach: authorizer.approach, connectionId: presentation?.connectionId, device };
  return { verdict: 'refuse' as const, event: connectionEvent(connection, 'connection.refused', reason) };
};
