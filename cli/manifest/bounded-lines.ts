import { CommandError } from '../command-error.ts';

/** No row of a manifest is longer, in characters; what is longer is never held in memory. */
export const MAX_RECORD_LENGTH = 65_536;

export const tooLong = (path: string, record: number): CommandError =>
  new CommandError(
    `${path}, record ${record}: longer than ${MAX_RECORD_LENGTH} characters, which no row is. Look for a missing line break or quote; nothing was sent.`,
  );

/**
 * The lines of a text, without their ends (LF or CRLF).
 * @throws CommandError at a line that is too long.
 */
export async function* boundedLines(chunks: AsyncIterable<string>, path: string): AsyncGenerator<string> {
  let pending = '';
  let line = 1;
  for await (const chunk of chunks) {
    const parts = (pending + chunk).split('\n');
    pending = parts.pop() ?? '';
    for (const part of parts) {
      if (part.length > MAX_RECORD_LENGTH) throw tooLong(path, line);
      yield part.endsWith('\r') ? part.slice(0, -1) : part;
      line += 1;
    }
    if (pending.length > MAX_RECORD_LENGTH) throw tooLong(path, line);
  }
  if (pending !== '') yield pending;
}
