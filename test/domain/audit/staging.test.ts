import { chooseStaged, type StagedBatch } from '../../../domain/audit/staging.ts';

const batch = (storedAt: number, bytes = 1): StagedBatch => ({ key: `intake/2026-01-01/${storedAt}-${bytes}`, storedAt, bytes });
const NOW = 100;

describe('What the next period takes', () => {
  test('is everything, up to now', () => {
    const batches = [batch(3), batch(1)];
    expect(chooseStaged(batches, NOW)).toEqual({ batches, until: NOW, isAll: true });
    expect(chooseStaged([], NOW)).toEqual({ batches: [], until: NOW, isAll: true });
  });

  test.each([
    ['many', { bytes: 100, batches: 2 }],
    ['large', { bytes: 2, batches: 100 }],
  ])('is what arrived first, where they are too %s, and the period ends when the next arrived', (_, most) => {
    expect(chooseStaged([batch(3), batch(1), batch(2)], NOW, most)).toEqual({ batches: [batch(1), batch(2)], until: 3, isAll: false });
  });

  test('is never a part of an instant', () => {
    const most = { bytes: 2, batches: 100 };
    const [one, two, three] = [batch(1, 1), batch(2, 1), batch(2, 2)];
    expect(chooseStaged([one, two, three], NOW, most)).toEqual({ batches: [one], until: 2, isAll: false });
    expect(chooseStaged([two, three, batch(5)], NOW, most)).toEqual({ batches: [two, three], until: 3, isAll: false });
  });

  test('is one batch at the least, however large', () => {
    expect(chooseStaged([batch(1, 50), batch(2)], NOW, { bytes: 2, batches: 9 })).toMatchObject({ batches: [batch(1, 50)], until: 2 });
  });
});
