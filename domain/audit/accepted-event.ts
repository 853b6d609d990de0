import * as z from 'zod/mini';
import { CanonicalFormError, repairedCanonicalJson } from './canonical-json.ts';

/** An event as it is sealed. */
export interface AcceptedEvent {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Its canonical form (RFC 8785): one line, without the end of the line. */
  readonly line: string;
}

/** Longer than any event that there is. */
export const MAX_EVENT_CHARACTERS = 262_144;
const MAX_ID_CHARACTERS = 512;
/** The last millisecond of the year 9999: what comes later has no four-digit year in any report. */
const LAST_INSTANT = 253_402_300_799_999;

// Whatever else it says is sealed as it is: sealing must not fail over a vocabulary that is newer than it is.
const sealable = z.looseObject({
  id: z.string().check(z.minLength(1), z.maxLength(MAX_ID_CHARACTERS)),
  at: z.int().check(z.minimum(0), z.maximum(LAST_INSTANT)),
});

/**
 * A JSON value in the form in which events are sealed; `undefined` for what cannot be one: no id, no time, too long, nested without
 * end. Half surrogate pairs, which have no canonical form, become U+FFFD: nobody stays off the record by such a name.
 */
export const acceptEvent = (value: unknown): AcceptedEvent | undefined => {
  const parsed = z.safeParse(sealable, value);
  const line = parsed.success ? canonicalLine(value) : undefined;
  if (!parsed.success || line === undefined || line.length > MAX_EVENT_CHARACTERS) return undefined;
  return { id: parsed.data.id.toWellFormed(), at: parsed.data.at, line };
};

const canonicalLine = (value: unknown): string | undefined => {
  try {
    return repairedCanonicalJson(value);
  } catch (error) {
    if (error instanceof CanonicalFormError) return undefined;
    throw error;
  }
};
