import { describeProposalStore } from '../contracts/proposal-store.contract.ts';
import { InMemoryProposalStore } from './in-memory-proposal-store.ts';

describeProposalStore('The proposal store in memory', () => Promise.resolve(new InMemoryProposalStore()));
