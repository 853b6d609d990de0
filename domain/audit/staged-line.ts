import { parseJson } from '../parse-json.ts';
import { type AcceptedEvent, acceptEvent } from './accepted-event.ts';

/**
 * Reads back a line that `acceptEvent` made, without parsing the whole of it, which would take longer than to seal it. In JSON a
 * quote within a string is escaped, so that `,"id":"` is the name of a member wherever it stands. Where it stands more than once, or
 * the id has an escape, the line is parsed; so is every line that is not quite as expected. `undefined` for what is no event.
 */
export const readStagedLine = (line: string): AcceptedEvent | undefined => quickly(line) ?? acceptEvent(parseJson(line));

const quickly = (line: string): AcceptedEvent | undefined => {
  const [id, at] = [onlyMember(line, ',"id":"', '"'), onlyMember(line, ',"at":', ',')];
  if (id === undefined || at === undefined || id === '' || id.includes('\\') || !/^\d{1,15}$/.test(at)) return undefined;
  return { id, at: Number(at), line };
};

/** What stands behind the name of a member, up to what ends it; `undefined` unless that name stands there once. */
const onlyMember = (line: string, name: string, end: string): string | undefined => {
  const start = line.indexOf(name);
  // The first character of the name is rare, which makes this the fastest way to look.
  if (start === -1 || line.includes(name, start + name.length)) return undefined;
  return line.slice(start + name.length, line.indexOf(end, start + name.length));
};
