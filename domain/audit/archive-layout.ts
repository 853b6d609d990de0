/** What an object of the archive holds. */
export interface ArchivedAs {
  readonly kind: 'events' | 'seal';
  readonly sequence: number;
}

const DIGITS = 12;
const [EVENTS, SEAL] = [/^events\/date=\d{4}-\d{2}-\d{2}\/(\d{12})\.jsonl\.gz$/, /^seals\/(\d{12})\.json$/];

const numbered = (sequence: number): string => String(sequence).padStart(DIGITS, '0');

/**
 * Where the events of a period are: compressed lines, below the day (UTC) on which the period began. The beginning is known before the
 * period is over, so that whoever sealed it half finds it again, whenever that is.
 */
export const eventsKeyOf = (sequence: number, from: number): string =>
  `events/date=${new Date(from).toISOString().slice(0, 10)}/${numbered(sequence)}.jsonl.gz`;

/** Where the seal of a period is. */
export const sealKeyOf = (sequence: number): string => `seals/${numbered(sequence)}.json`;

/** What should be under a key; `undefined` where nothing should be. */
export const archivedAs = (key: string): ArchivedAs | undefined => {
  const [, ofEvents] = EVENTS.exec(key) ?? [];
  const [, ofSeal] = SEAL.exec(key) ?? [];
  if (ofEvents !== undefined) return { kind: 'events', sequence: Number(ofEvents) };
  return ofSeal === undefined ? undefined : { kind: 'seal', sequence: Number(ofSeal) };
};
