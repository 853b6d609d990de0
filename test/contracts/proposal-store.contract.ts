import type { Proposal, ProposalStore } from '../../domain/proposal.ts';
import { NOON } from '../builders/enrollment.ts';

const ANN = 'arn:aws:iam::111122223333:user/ann';
const BEN = 'arn:aws:iam::111122223333:user/ben';
const CAT = 'arn:aws:iam::111122223333:user/cat';

const proposal: Proposal = {
  operation: 'devices.revoke',
  inputDigest: 'a'.repeat(64),
  id: 'event-1',
  by: ANN,
  role: 'operator',
  until: NOON + 1_000,
};
const later: Proposal = { ...proposal, id: 'event-2', by: CAT, until: NOON + 5_000 };

/** What every proposal store does, whatever it keeps things in. */
export const describeProposalStore = (name: string, newStore: () => Promise<ProposalStore>): void => {
  describe(name, () => {
    test('gives back what was proposed, and nothing for what was not', async () => {
      const store = await newStore();
      expect(await store.propose(proposal, NOON)).toBe('written');
      expect(await store.read(proposal)).toEqual(proposal);
      expect(await store.read({ ...proposal, inputDigest: 'b'.repeat(64) })).toBeUndefined();
      expect(await store.read({ ...proposal, operation: 'devices.release' })).toBeUndefined();
    });

    test('keeps the first proposal while it is valid, and takes another once it is void', async () => {
      const store = await newStore();
      await store.propose(proposal, NOON);
      expect(await store.propose(later, proposal.until - 1)).toBe('conflict');
      expect(await store.read(proposal)).toEqual(proposal);
      expect(await store.propose(later, proposal.until)).toBe('written');
      expect(await store.read(proposal)).toEqual(later);
    });

    test('lets one person agree, who may say so again, and nobody after them', async () => {
      const store = await newStore();
      await store.propose(proposal, NOON);
      expect(await store.agree(proposal, BEN)).toBe('written');
      expect(await store.agree(proposal, BEN)).toBe('written');
      expect(await store.agree(proposal, CAT)).toBe('conflict');
      expect(await store.read(proposal)).toEqual({ ...proposal, agreedBy: BEN });
    });

    test('lets nobody agree to what is gone, or is another proposal by now', async () => {
      const store = await newStore();
      expect(await store.agree(proposal, BEN)).toBe('conflict');
      await store.propose(later, NOON);
      expect(await store.agree(proposal, BEN)).toBe('conflict');
    });

    test('forgets a proposal that is settled, but not another for the same thing', async () => {
      const store = await newStore();
      await store.propose(proposal, NOON);
      await store.settle(later);
      expect(await store.read(proposal)).toEqual(proposal);
      await store.settle(proposal);
      await store.settle(proposal);
      expect(await store.read(proposal)).toBeUndefined();
    });

    test('lets one of many propose, and one of many agree, at the same moment', async () => {
      const store = await newStore();
      const many = Array.from({ length: 16 }, (_, index) => ({ ...proposal, id: `event-${index}` }));
      const proposed = await Promise.all(many.map((one) => store.propose(one, NOON)));
      expect(proposed.filter((outcome) => outcome === 'written')).toHaveLength(1);
      const kept = await store.read(proposal);
      const agreed = await Promise.all(many.map((one, index) => store.agree(kept ?? one, `${BEN}-${index}`)));
      expect(agreed.filter((outcome) => outcome === 'written')).toHaveLength(1);
    });
  });
};
