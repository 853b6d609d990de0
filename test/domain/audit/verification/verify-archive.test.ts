import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flawKinds } from '../../../../domain/audit/verification/flaw.ts';
import { type VerificationWish, verifyArchive } from '../../../../domain/audit/verification/verify-archive.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { type SealedArchive, aSealKey, aSealedArchive } from '../../../builders/sealed-archive.ts';
import { codeIn, tableWith } from '../../../builders/markdown.ts';
import { inMemoryArchive, unpack } from '../../../fakes/in-memory-archive.ts';

const archive = await aSealedArchive([2, 0, 3, 1]);
const [, , , , , , lastEvents, lastSeal] = archive.versions;

const verifyWith = ({ versions, publicKey, until }: SealedArchive, wish: Partial<VerificationWish> = {}, storedAt?: number) =>
  verifyArchive(
    { archive: inMemoryArchive(versions, storedAt), unpack, keys: [aSealKey().publicKey, publicKey] },
    { first: 1, now: until, maxSilenceMs: 3_600_000, witnesses: [], onProgress: () => undefined, ...wish },
  );
const kindsIn = async (...args: Parameters<typeof verifyWith>) =>
  (await verifyWith(...args)).flaws.map(({ kind, sequence }) => [kind, sequence]);

describe('Verifying an archive', () => {
  test('says from when to when history is vouched for', async () => {
    expect(await verifyWith(archive)).toEqual({
      ...{ isIntact: true, flaws: [], periods: 4, events: 6, unsealed: [] },
      vouchedFor: { from: NOON, until: archive.until, last: 4 },
    });
  });

  test('vouches for what came before the first broken link, and for nothing after it', async () => {
    const versions = archive.versions.filter((_, index) => index !== 4);
    const { flaws, vouchedFor } = await verifyWith({ ...archive, versions });
    expect(flaws).toEqual([
      {
        ...{ kind: 'events-missing', sequence: 3, versionId: 'v4', key: 'events/date=2026-11-20/000000000003.jsonl.gz' },
        detail: 'the version that is sealed is not there',
      },
    ]);
    expect(vouchedFor).toEqual({ from: NOON, until: archive.seals[1]?.seal.until, last: 2 });
  });

  test('still vouches for what lies under a delete marker', async () => {
    const [events, ...rest] = archive.versions;
    const marker = { key: events?.key ?? '', versionId: 'marker', bytes: undefined };
    const { flaws, vouchedFor } = await verifyWith({ ...archive, versions: [marker, ...(events ? [events] : []), ...rest] });
    expect(flaws.map(({ kind, versionId }) => [kind, versionId])).toEqual([['delete-marker', 'marker']]);
    expect(vouchedFor?.last).toBe(4);
  });

  test('checks one period, and its link to the one before', async () => {
    const { periods, events, vouchedFor } = await verifyWith(archive, { first: 3, last: 3 });
    expect([periods, events, vouchedFor?.last]).toEqual([1, 3, 3]);
    const other = await aSealedArchive([2, 1], archive);
    const mixed = { ...archive, versions: [...other.versions.slice(0, 4), ...archive.versions.slice(4)] };
    expect(await kindsIn(mixed, { first: 3, last: 3 })).toEqual([['chain-broken', 3]]);
    expect(await kindsIn(archive, { first: 9, last: 9 })).toEqual([['seal-missing', 9]]);
  });

  test('begins where it is told to, for history whose beginning was let go', async () => {
    const versions = archive.versions.slice(4);
    expect((await verifyWith({ ...archive, versions }, { first: 3 })).isIntact).toBe(true);
    expect(await kindsIn({ ...archive, versions })).toEqual([['seal-missing', 1]]);
  });

  test('does not hold it against anybody that the next period is being sealed', async () => {
    const versions = archive.versions.filter((version) => version !== lastSeal);
    const { isIntact, unsealed } = await verifyWith({ ...archive, versions });
    expect([isIntact, unsealed]).toEqual([true, [lastEvents?.key]]);
    const elsewhere = versions.map((version) =>
      version === lastEvents ? { ...version, key: version.key.replace('-20/', '-21/') } : version,
    );
    expect(await kindsIn({ ...archive, versions: elsewhere })).toEqual([['seal-missing', 4]]);
  });

  test('misses the end by the time that went by', async () => {
    expect(await kindsIn(archive, { now: archive.until + 3_600_001 })).toEqual([['standing-still', 5]]);
    expect(await kindsIn({ ...archive, versions: [] })).toEqual([['end-missing', 1]]);
  });

  test('misses the end, and knows another history, by a seal that somebody kept', async () => {
    const versions = archive.versions.slice(0, 4);
    expect(await kindsIn({ ...archive, versions }, { witnesses: archive.seals.slice(2) })).toEqual([
      ['end-missing', 3],
      ['end-missing', 3],
    ]);
    const rewritten = await aSealedArchive([1, 0, 3, 1], archive);
    expect(await kindsIn(rewritten, { witnesses: archive.seals.slice(1, 2) })).toEqual([['witness-differs', 2]]);
  });

  test('trusts no seal that was stored before its period ended', async () => {
    expect(await kindsIn(await aSealedArchive([1]), {}, NOON)).toEqual([['clock-ahead', 1]]);
  });

  test('is not kept busy by a number without end', async () => {
    const versions = [...archive.versions, { key: 'seals/999999999999.json', versionId: 'x', bytes: Buffer.from('{}') }];
    expect(await kindsIn({ ...archive, versions })).toEqual([
      ['seal-missing', 5],
      ['seal-unreadable', 999_999_999_999],
    ]);
  });

  test('reads hostile bytes as what they are: no seal, no events', async () => {
    const hostile = [Buffer.alloc(0), Buffer.from('null'), Buffer.from('['.repeat(100_000)), Buffer.from([0xff, 0xfe, 0x7b])];
    for (const bytes of hostile) {
      const versions = archive.versions.map((version, index) => (index === 1 || index === 2 ? { ...version, bytes } : version));
      expect((await kindsIn({ ...archive, versions })).slice(0, 2)).toEqual([
        ['seal-unreadable', 1],
        ['events-changed', 2],
      ]);
    }
  });

  test('tells how far it is', async () => {
    const told: string[] = [];
    await verifyWith(archive, { onProgress: (done, total) => told.push(`${done}/${total}`) });
    expect(told).toEqual(['1/4', '2/4', '3/4', '4/4']);
  });

  test('ends with what ends the reading', async () => {
    const broken = { ...inMemoryArchive(archive.versions), read: () => Promise.reject(new Error('S3 is gone.')) };
    const wish = { first: 1, now: archive.until, maxSilenceMs: 1, witnesses: [], onProgress: () => undefined };
    await expect(verifyArchive({ archive: broken, unpack, keys: [archive.publicKey] }, wish)).rejects.toThrow('S3 is gone.');
  });
});

test('docs/audit.md tells every flaw, in the order in which they weigh', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/audit.md'), 'utf8');
  const rows = tableWith(text, 'flaw', 'what it means', 'what is still vouched for');
  expect(rows.flatMap(([kind = '']) => codeIn(kind))).toEqual(flawKinds);
});
