import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsDocument } from '../../../docs/write/events-document.ts';
import { auditCodes } from '../../../domain/audit-event.ts';
import { reasonCodes } from '../../../domain/reason-code.ts';
import { findingKinds } from '../../../domain/reconciliation/finding-kind.ts';
import { codeIn, tableWith } from '../../builders/markdown.ts';

const page = eventsDocument();
const firstColumn = (...titles: readonly string[]) => tableWith(page, ...titles).flatMap(([first = '']) => codeIn(first));

describe('The page on events', () => {
  test('says what the code does: write it anew by `npm run docs:events`', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../docs/events.md'), 'utf8')).toBe(page);
  });

  test('tells every code, every reason and every finding, in their order', () => {
    expect(firstColumn('code', 'what happened', 'who caused it', 'verdict')).toEqual(auditCodes);
    expect(firstColumn('reason', 'what is wrong', 'what to do')).toEqual(reasonCodes);
    expect(firstColumn('finding', 'what is wrong', 'put right')).toEqual(findingKinds);
  });

  test('says what becomes of each kind of datum', () => {
    const kinds = tableWith(page, 'kind', 'what it is', 'in a pseudonymized export').map(([kind]) => kind);
    const used = tableWith(page, 'field', 'what it is', 'kind').map(([, , kind]) => kind);
    expect(new Set(used)).toEqual(new Set(kinds));
  });
});
