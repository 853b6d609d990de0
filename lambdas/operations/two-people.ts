import { createHash } from 'node:crypto';
import { OperationError } from '../../domain/operation-error.ts';
import type { Waiting } from '../../domain/operations-client.ts';
import type { AuditLog } from '../../domain/ports.ts';
import { areTwo, PROPOSAL_LIFETIME_MS, type Proposal, type ProposalStore } from '../../domain/proposal.ts';
import type { BoundOperation, ReadyOperation } from './bound-operation.ts';
import type { OperationCall } from './operation-call.ts';

export interface TwoPeopleProps {
  readonly proposals: ProposalStore;
  readonly audit: AuditLog;
}

export interface ProposedOperation {
  readonly contract: BoundOperation['contract'];
  readonly ready: ReadyOperation;
  readonly call: OperationCall;
}

export type TwoPeopleOutcome = { readonly output: unknown } | { readonly waiting: Waiting };

/**
 * Does what takes two people once the second asks for the same as the first; until then it waits. Who proposed it may ask
 * again and changes nothing, nor does anybody in the same role.
 */
export const performByTwo = async (props: TwoPeopleProps, proposed: ProposedOperation): Promise<TwoPeopleOutcome> => {
  const { contract, ready, call } = proposed;
  if (call.isDryRun) return { output: await ready.perform(call) };
  const found = (await liveProposal(props, proposed)) ?? (await propose(props, proposed));
  const here = { arn: call.actor.arn, role: call.scope.role };
  if (!areTwo({ arn: found.by, role: found.role }, here)) return { waiting: waitingFor(contract, found) };
  return { output: await agree(props, proposed, found) };
};

const keyOf = ({ contract, ready }: ProposedOperation) => ({
  operation: contract.name,
  inputDigest: createHash('sha256').update(ready.canonicalInput, 'utf8').digest('hex'),
});

const liveProposal = async ({ proposals }: TwoPeopleProps, proposed: ProposedOperation): Promise<Proposal | undefined> => {
  const found = await proposals.read(keyOf(proposed));
  return found !== undefined && proposed.call.at < found.until ? found : undefined;
};

const propose = async ({ proposals, audit }: TwoPeopleProps, proposed: ProposedOperation): Promise<Proposal> => {
  const { contract, ready, call } = proposed;
  // What cannot be done need not wait for anybody.
  await ready.perform({ ...call, isDryRun: true });
  const proposal: Proposal = {
    ...keyOf(proposed),
    id: call.eventId,
    by: call.actor.arn,
    role: call.scope.role,
    until: call.at + PROPOSAL_LIFETIME_MS,
  };
  if ((await proposals.propose(proposal, call.at)) === 'conflict')
    throw new OperationError('ERR_CONFLICT', 'Somebody else proposed the same at this moment. Ask again to agree.');
  const { eventId: id, at, actor, scope } = call;
  audit.emit({
    schemaVersion: 1,
    id,
    at,
    code: 'operation.proposed',
    actor,
    operation: contract.name,
    scope: scope.name,
    ...ready.subject,
  });
  return proposal;
};

const agree = async ({ proposals }: TwoPeopleProps, { ready, call }: ProposedOperation, proposal: Proposal): Promise<unknown> => {
  if ((await proposals.agree(proposal, call.actor.arn)) === 'conflict')
    throw new OperationError('ERR_CONFLICT', 'Somebody else agreed already, or the proposal was settled; look at what it is about.');
  try {
    const output = await ready.perform({ ...call, proposedBy: proposal.by });
    await proposals.settle(proposal);
    return output;
  } catch (error) {
    // What broke or was throttled may be tried again by the same person; a refusal is an end.
    if (error instanceof OperationError && error.code !== 'ERR_BUSY') await proposals.settle(proposal);
    throw error;
  }
};

const waitingFor = ({ name, roles }: BoundOperation['contract'], { by, role, until }: Proposal): Waiting => ({
  operation: name,
  proposedBy: by,
  until,
  roles: roles.filter((other) => other !== role),
});
