import { verify } from 'node:crypto';
import fc from 'fast-check';
import { MAX_EVENT_CHARACTERS, acceptEvent } from '../../../domain/audit/accepted-event.ts';
import { archivedAs, eventsKeyOf, sealKeyOf } from '../../../domain/audit/archive-layout.ts';
import { closePeriod, gatherEvents, placeAfter } from '../../../domain/audit/seal-period.ts';
import { NO_SEAL, readSeal, sealDigest, sealText, signedBytes } from '../../../domain/audit/seal.ts';
import { readStagedLine } from '../../../domain/audit/staged-line.ts';
import { NOON, anEvent } from '../../builders/enrollment.ts';
import { aSealedArchive } from '../../builders/sealed-archive.ts';

const accept = (value: unknown) => {
  const event = acceptEvent(value);
  if (event === undefined) throw new Error('It was expected to be accepted.');
  return event;
};
const first = <One>([one]: readonly One[]): One => {
  if (one === undefined) throw new Error('There is none.');
  return one;
};
const noneIsSealed = () => false;
const at = (instant: number, id: string) => accept(anEvent({ id, at: instant }));

describe('What is sealed', () => {
  test('is every event that has an id and a time, whatever else it says', () => {
    expect(acceptEvent({ id: 'x', at: 1, code: 'of.tomorrow', more: { z: 1, a: [null] } })?.line).toBe(
      '{"at":1,"code":"of.tomorrow","id":"x","more":{"a":[null],"z":1}}',
    );
  });

  test.each([
    ['nothing', undefined],
    ['text', 'an event'],
    ['a list', [1]],
    ['no id', { at: 1 }],
    ['an empty id', { id: '', at: 1 }],
    ['an id without end', { id: 'x'.repeat(513), at: 1 }],
    ['no time', { id: 'x' }],
    ['a time before there was time', { id: 'x', at: -1 }],
    ['a time of no calendar', { id: 'x', at: 1e15 }],
    ['half a millisecond', { id: 'x', at: 0.5 }],
    ['what is longer than an event can be', { id: 'x', at: 1, note: 'n'.repeat(MAX_EVENT_CHARACTERS) }],
    ['what is nested without end', { id: 'x', at: 1, note: JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown }],
  ])('is not %s', (_, value) => {
    expect(acceptEvent(value)).toBeUndefined();
  });

  test('keeps nobody off the record by a name that is no Unicode', () => {
    expect(acceptEvent(JSON.parse(String.raw`{"id":"\ud800","at":1,"serialNumber":"SN\udfff"}`))).toEqual({
      id: '\ufffd',
      at: 1,
      line: '{"at":1,"id":"\ufffd","serialNumber":"SN\ufffd"}',
    });
  });

  const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
  const hostile = fc.oneof(texts, fc.constantFrom('"id":"x"', ',"at":5,', '\\', '"', 'a","id":"b', '\u2028\n\r'));

  test('is read back from its line as it was, whatever its fields say', () => {
    const fields = fc.record({
      id: hostile,
      at: fc.nat(),
      note: hostile,
      actor: fc.record({ id: hostile, at: fc.nat() }, { requiredKeys: [] }),
    });
    fc.assert(
      fc.property(fields, (event) => {
        const accepted = accept(event);
        expect(readStagedLine(accepted.line)).toEqual(accepted);
        expect(accepted.line).not.toContain('\n');
      }),
    );
  });

  test.each(['', '{', '{"id":"x","at":-5,"b":1}', '{"b":1,"at":1e99,"id":"x"}', 'null'])('is not read from the line %s', (line) => {
    expect(readStagedLine(line)).toBeUndefined();
  });
});

describe('A period', () => {
  test('has its events in order of time, then id, however they came', () => {
    const events = [at(NOON + 2, 'c'), at(NOON + 1, 'b'), at(NOON + 1, 'a'), at(NOON - 5, 'late')];
    expect(gatherEvents(events, noneIsSealed).ids).toEqual(['late', 'a', 'b', 'c']);
  });

  test('is the same whichever way its events came, and however often', () => {
    const some = fc.array(fc.record({ at: fc.nat(3), id: fc.constantFrom('a', 'b', 'c'), note: fc.constantFrom('one', 'two') }), {
      maxLength: 9,
    });
    const shuffled = some.chain((values) =>
      fc.tuple(fc.constant(values), fc.shuffledSubarray([...values, ...values], { minLength: 2 * values.length })),
    );
    fc.assert(
      fc.property(shuffled, ([values, again]) => {
        expect(gatherEvents(again.map(accept), noneIsSealed).text).toEqual(gatherEvents(values.map(accept), noneIsSealed).text);
      }),
    );
  });

  test('has each id once, leaves out what is sealed, and says which ids came with other contents', () => {
    const other = accept({ ...anEvent({ id: 'b', at: NOON + 1 }), note: 'another' });
    const events = [at(NOON, 'a'), at(NOON, 'a'), at(NOON, 'b'), other, at(NOON, 'sealed')];
    const { ids, duplicates, conflicting, text } = gatherEvents(events, (id) => id === 'sealed');
    expect({ ids, duplicates, conflicting }).toEqual({ ids: ['a', 'b'], duplicates: 3, conflicting: ['b'] });
    expect(text.toString()).not.toContain('another');
  });

  test('begins where the one before ended, and the first where it is told', async () => {
    const { seals } = await aSealedArchive([2, 0]);
    const [one, two] = seals.map(({ seal }) => seal);
    expect(one).toMatchObject({ sequence: 1, from: NOON, previous: NO_SEAL, count: 2 });
    expect(two).toMatchObject({ sequence: 2, from: one?.until, previous: one && sealDigest(one), count: 0 });
  });

  test.each([0, -1, -86_400_000])('does not end %i ms after it began: a clock that was set back waits', async (lengthMs) => {
    const { seals } = await aSealedArchive([1]);
    const place = placeAfter(seals[0]?.seal, 0);
    expect(closePeriod(place, place.from + lengthMs, Buffer.alloc(0))).toBeUndefined();
  });

  test('has its place by its number and the day on which it began, so that it is found again after midnight', () => {
    const from = Date.parse('2026-11-20T23:59:59.999Z');
    expect(eventsKeyOf(7, from)).toBe('events/date=2026-11-20/000000000007.jsonl.gz');
    expect([eventsKeyOf(7, from), sealKeyOf(8)].map(archivedAs)).toEqual([
      { kind: 'events', sequence: 7 },
      { kind: 'seal', sequence: 8 },
    ]);
    expect(['events/x', 'seals/8.json', 'seals/000000000008.json/..', 'a/seals/000000000008.json'].map(archivedAs)).toEqual([
      ...Array.from({ length: 4 }),
    ]);
  });
});

describe('A seal', () => {
  test('is signed over its canonical form', async () => {
    const { seals, publicKey } = await aSealedArchive([3]);
    const { seal, signature } = first(seals);
    expect(verify('sha256', signedBytes(seal), publicKey, Buffer.from(signature, 'base64'))).toBe(true);
  });

  test('is read back only character by character as it was written', async () => {
    const { seals } = await aSealedArchive([3]);
    const text = sealText(first(seals));
    expect(readSeal(text)).toEqual(seals[0]);
    const others = [
      `${text}\n`,
      text.replace(',', ', '),
      text.replace('"version":1', '"version":2'),
      text.replace('{"seal"', '{"a":1,"seal"'),
      '',
    ];
    expect(others.map(readSeal)).toEqual(Array.from({ length: 5 }));
  });
});
