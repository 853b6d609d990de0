import type { AuditEvent } from '../../domain/audit-event.ts';
import type { AuthorizerAnswer } from './answer.ts';

/** What became of a connection, and what is to be on record of it. */
export type ConnectionDecision =
  | { readonly verdict: 'admit'; readonly answer: AuthorizerAnswer; readonly event: AuditEvent }
  | { readonly verdict: 'refuse'; readonly event: AuditEvent }
  /** A refusal in a flood: without a judgement, without a record, at once. */
  | { readonly verdict: 'turn-away' };
