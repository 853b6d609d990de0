import { CommandError } from '../command-error.ts';

const BYTE_ORDER_MARK = '\uFEFF';

export interface TextReading {
  /** For messages. */
  readonly path: string;
  /** Told when the text begins with a byte order mark, which is not part of it. */
  readonly onByteOrderMark?: () => void;
}

/**
 * Reads bytes as UTF-8, piece by piece.
 * @throws CommandError at the first bytes that are none: a serial with a character replaced is another serial.
 */
export async function* strictText(bytes: AsyncIterable<Uint8Array>, { path, onByteOrderMark }: TextReading): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let offset = 0;
  let isFirst = true;
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch (cause) {
      throw new CommandError(`${path} is not UTF-8: the bytes from ${offset} on are no text. Save it as UTF-8; nothing was sent.`, {
        cause,
      });
    }
  };
  for await (const chunk of bytes) {
    const text = decode(chunk);
    offset += chunk.byteLength;
    if (text === '') continue;
    const hasMark = isFirst && text.startsWith(BYTE_ORDER_MARK);
    if (hasMark) onByteOrderMark?.();
    isFirst = false;
    yield hasMark ? text.slice(1) : text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}
