import { stripVTControlCharacters } from 'node:util';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { type AuditFormatName, auditFormatNames, auditFormats } from '../../../cli/audit/formats.ts';
import { eventLine } from '../../../cli/audit/event-line.ts';
import type { WrittenEvent } from '../../../domain/audit/written-event.ts';
import { auditLine } from '../../../domain/audit-event.ts';
import { anyEvent, hostileTexts } from '../../builders/any-event.ts';
import { anEvent, NOON } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';

const written = (format: AuditFormatName, event: WrittenEvent): string => auditFormats[format].line(event);

/** What a spreadsheet that opens the CSV has in the columns of one event. */
const inSpreadsheet = (event: WrittenEvent): Readonly<Record<string, string>> => {
  const rows: unknown = parse(`${auditFormats.csv.titles ?? ''}\n${written('csv', event)}\n`, { columns: true });
  const [row] = rows as readonly Readonly<Record<string, string>>[];
  return row ?? {};
};

const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
// Everything that moves a cursor, ends a line, or turns a text around.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('Whatever a device, an operator or AWS wrote into an event', () => {
  test('stands in the log as one line of JSON, and as itself', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const line = auditLine(event);
        expect(/\p{Cc}/u.test(line.replaceAll(/[\u007f-\u009f]/g, ''))).toBe(false);
        expect(JSON.parse(line)).toEqual({ auditEvent: event });
      }),
    );
  });

  test('moves nothing on a terminal', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(UNSEEN.test(stripVTControlCharacters(eventLine({ ...event })))).toBe(false);
      }),
    );
  });

  test.each(auditFormatNames)('is one line in an export, and moves nothing where that is looked at: %s', (format) => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(UNSEEN.test(written(format, event))).toBe(false);
      }),
    );
  });

  test('is no formula in a spreadsheet', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        expect(Object.entries(inSpreadsheet(event)).filter(([, cell]) => FORMULA.test(cell))).toEqual([]);
      }),
    );
  });

  test.each(['jsonl', 'ocsf'] as const)('is no markup in a page, and the same to a program: %s', (format) => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const line = written(format, event);
        expect(line).not.toMatch(/[<>&]/);
        const read: unknown = JSON.parse(line);
        if (format === 'jsonl') expect(read).toEqual(event);
        else expect(read).toMatchObject({ unmapped: event });
      }),
    );
  });

  test.each(hostileTexts)('is harmless everywhere: %j', (text) => {
    const event = anEvent({ correlationId: text, note: text });
    expect(inSpreadsheet(event)['note']).not.toMatch(FORMULA);
    expect(JSON.parse(written('jsonl', event))).toMatchObject({ note: text });
  });
});

describe('An event in a spreadsheet', () => {
  test('has a column for each field, the time as people write it, and its verdict', () => {
    const counts = { rows: 1, created: 1, unchanged: 0, conflicting: 0, refused: 0 };
    const event = anEvent({ code: 'admission.refused', reason: 'claim-closed', line: aLine(), serialNumber: aSerial('a,"b"'), counts });
    expect(inSpreadsheet(event)).toMatchObject({
      ...{ time: new Date(NOON).toISOString(), code: 'admission.refused', verdict: 'refuse', reason: 'claim-closed' },
      ...{ actorKind: 'operator', actor: 'arn:aws:iam::111122223333:user/ann', serialNumber: 'a,"b"', counts: JSON.stringify(counts) },
    });
  });
});
