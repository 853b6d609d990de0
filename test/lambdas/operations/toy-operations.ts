import * as z from 'zod/mini';
import { lineName } from '../../../domain/identifiers.ts';
import { defineOperation } from '../../../domain/operation.ts';
import type { OperatorScope } from '../../../domain/operator-scope.ts';
import type { ProposalStore } from '../../../domain/proposal.ts';
import { type BoundOperation, bind } from '../../../lambdas/operations/bound-operation.ts';
import type { OperationCall } from '../../../lambdas/operations/operation-call.ts';
import { createOperations } from '../../../lambdas/operations/operations.ts';
import { NOON } from '../../builders/enrollment.ts';
import { type UrlEventWishes, aUrlEvent, anOperationsContext } from '../../builders/url-event.ts';
import { InMemoryProposalStore } from '../../fakes/in-memory-proposal-store.ts';
import { numberedIds } from '../../fakes/numbered-ids.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';

const input = z.strictObject({ line: lineName, force: z._default(z.boolean(), false) });
const output = z.object({ did: z.string() });

const paint = defineOperation({ name: 'walls.paint', roles: ['operator', 'factory'], isChange: true, needsTwo: false, input, output });
const look = defineOperation({ name: 'walls.look', roles: ['auditor'], isChange: false, needsTwo: false, input, output });
const tear = defineOperation({ name: 'walls.tear', roles: ['operator', 'security'], isChange: true, needsTwo: true, input, output });

/** What was performed, and how. */
export interface Performed {
  readonly operation: string;
  readonly line: string;
  readonly call: OperationCall;
}

const scopes: readonly OperatorScope[] = [
  { name: 'operator', role: 'operator' },
  { name: 'security', role: 'security' },
  { name: 'auditor', role: 'auditor' },
  { name: 'plant-7', role: 'factory', lines: [z.parse(lineName, 'valve')] },
];

export interface ToyWishes {
  /** What performing rejects with. */
  readonly fails?: () => Error | undefined;
  readonly proposals?: ProposalStore;
  readonly now?: () => number;
}

/** The operations function with three operations on walls, and a way to call it. */
export const toyOperations = ({ fails = () => undefined, proposals = new InMemoryProposalStore(), now = () => NOON }: ToyWishes = {}) => {
  const performed: Performed[] = [];
  const performer = (operation: string) => (wanted: z.infer<typeof input>, call: OperationCall) => {
    const failure = fails();
    if (failure !== undefined) return Promise.reject(failure);
    performed.push({ operation, line: wanted.line, call });
    // More than the contract says, which must not leave.
    return Promise.resolve({ did: `${operation} ${wanted.line}`, secret: 'inside' });
  };
  const performers: readonly BoundOperation[] = [paint, look, tear].map((contract) => bind(contract, performer(contract.name)));
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const handler = createOperations({ performers, scopes, audit, faults, now, proposals, newId: numberedIds('event') });
  const call = async (scope: string | undefined, body: unknown, wishes: UrlEventWishes = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await handler(aUrlEvent({ body: text, ...wishes }), anOperationsContext(scope));
    return { status: answer.statusCode, body: JSON.parse(answer.body) as unknown };
  };
  return { handler, call, performed, audit, faults, proposals };
};
