import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';
import type { AuditEvent } from '../audit-event.ts';
import { datumKinds, type FieldMeaning, fieldMeanings, type Treatment } from './event-fields.ts';
import { type WrittenEvent, writtenEvent } from './written-event.ts';

/** Of the key that pseudonyms are made with: as many as its hash has. */
export const PSEUDONYM_KEY_BYTES = 32;

/**
 * What stands in for a name: of the same name and key always the same, whichever field it is in, so that what belongs together stays
 * together. Without the key nobody can tell whether a name was this one (HMAC-SHA-256, RFC 2104), of which 128 bits are kept.
 */
export const pseudonymOf = (key: Uint8Array, name: string): string =>
  `p-${createHmac('sha256', key).update(name).digest('base64url').slice(0, 22)}`;

/** An event without who and what it was about, as far as the kinds of its fields say so. */
export const pseudonymized = (key: Uint8Array, event: AuditEvent): WrittenEvent =>
  z.parse(writtenEvent, Object.fromEntries(Object.entries(event).flatMap(([name, value]) => treated(key, name, value))));

const meanings: Readonly<Record<string, FieldMeaning>> = fieldMeanings;

const treated = (key: Uint8Array, name: string, value: unknown): readonly (readonly [string, unknown])[] => {
  const datum = meanings[name]?.datum;
  // Of a field that is not known nobody can say that it may leave.
  const treatment: Treatment = datum === undefined ? 'left out' : datumKinds[datum].treatment;
  switch (treatment) {
    case 'kept':
      return [[name, value]];
    case 'left out':
      return [];
    case 'replaced':
      return [[name, replaced(key, value)]];
  }
};

// Of an actor, whose kind is a word of ours and stays; a service is nobody.
const replaced = (key: Uint8Array, value: unknown): unknown => {
  if (typeof value === 'string') return pseudonymOf(key, value);
  if (typeof value !== 'object' || value === null || !('arn' in value) || typeof value.arn !== 'string') return value;
  return { ...value, arn: pseudonymOf(key, value.arn) };
};
