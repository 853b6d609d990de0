import { codeMeanings } from '../../domain/audit/code-meanings.ts';
import { fieldMeanings } from '../../domain/audit/event-fields.ts';
import { ocsfEvent } from '../../domain/audit/ocsf/ocsf-event.ts';
import type { WrittenEvent } from '../../domain/audit/written-event.ts';
import { csvField } from '../output/csv-field.ts';
import { plainJson } from '../output/plain-json.ts';
import { visible } from '../output/visible-text.ts';

/** How events are written down for others: each as one line, perhaps under a first line of titles. */
export interface AuditFormat {
  readonly titles?: string;
  readonly line: (event: WrittenEvent) => string;
}

export const auditFormatNames = ['jsonl', 'csv', 'ocsf'] as const;

export type AuditFormatName = (typeof auditFormatNames)[number];

// JSON that somebody puts into a page must not become a part of it: the same to programs, and no markup.
const pageSafe = (value: unknown): string =>
  plainJson(value).replaceAll(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

const titled = new Set(['schemaVersion', 'at', 'code', 'actor']);
const others = Object.keys(fieldMeanings).filter((field) => !titled.has(field));
const columns = ['time', 'code', 'verdict', 'actorKind', 'actor', ...others];

const actorName = ({ actor }: WrittenEvent): string => {
  switch (actor.kind) {
    case 'device':
      return '';
    case 'operator':
      return actor.arn;
    case 'service':
      return actor.name;
  }
};

const cellsOf = (event: WrittenEvent): readonly string[] => {
  const fields: Readonly<Record<string, unknown>> = { ...event };
  const { at, code, actor } = event;
  const first = [new Date(at).toISOString(), code, codeMeanings[code].verdict ?? '', actor.kind, actorName(event)];
  return [...first, ...others.map((field) => textOf(fields[field]))];
};

const textOf = (value: unknown): string => {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const csvLine = (cells: readonly string[]): string => cells.map((cell) => csvField(visible(cell))).join(',');

/** The formats that events can leave in. Whatever a device or an operator wrote stands in each of them as what it is: a text. */
export const auditFormats: Readonly<Record<AuditFormatName, AuditFormat>> = {
  jsonl: { line: pageSafe },
  csv: { titles: csvLine(columns), line: (event) => csvLine(cellsOf(event)) },
  ocsf: { line: (event) => pageSafe(ocsfEvent(event)) },
};
