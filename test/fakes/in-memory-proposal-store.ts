import type { WriteOutcome } from '../../domain/ports.ts';
import type { Proposal, ProposalKey, ProposalStore } from '../../domain/proposal.ts';

const keyOf = ({ operation, inputDigest }: ProposalKey): string => `${operation}#${inputDigest}`;

/** The proposal store in a map, with the conditions of the real one. */
export class InMemoryProposalStore implements ProposalStore {
  readonly #proposals = new Map<string, Proposal>();

  async read(key: ProposalKey): Promise<Proposal | undefined> {
    await Promise.resolve();
    return this.#proposals.get(keyOf(key));
  }

  async propose(proposal: Proposal, now: number): Promise<WriteOutcome> {
    await Promise.resolve();
    const found = this.#proposals.get(keyOf(proposal));
    if (found !== undefined && found.until > now) return 'conflict';
    this.#proposals.set(keyOf(proposal), proposal);
    return 'written';
  }

  async agree(proposal: Proposal, arn: string): Promise<WriteOutcome> {
    await Promise.resolve();
    const found = this.#proposals.get(keyOf(proposal));
    if (found?.id !== proposal.id || (found.agreedBy !== undefined && found.agreedBy !== arn)) return 'conflict';
    this.#proposals.set(keyOf(proposal), { ...found, agreedBy: arn });
    return 'written';
  }

  async settle(proposal: Proposal): Promise<void> {
    await Promise.resolve();
    if (this.#proposals.get(keyOf(proposal))?.id === proposal.id) this.#proposals.delete(keyOf(proposal));
  }
}
