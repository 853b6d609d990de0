import { CommandError } from '../command-error.ts';
import { MAX_RECORD_LENGTH, tooLong } from './bounded-lines.ts';

type Position = 'before' | 'inside' | 'after';

/** What has been seen of the array so far. */
class ArrayScan {
  position: Position = 'before';
  depth = 0;
  isInString = false;
  isEscaped = false;
  element = '';
  count = 0;

  /** Takes one character; the text of an element when it ended one. */
  take(character: string): string | undefined {
    if (this.isInString) {
      this.#inString(character);
      return undefined;
    }
    if (this.depth === 1 && (character === ',' || character === ']')) return this.#end(character);
    if (character === '"') this.isInString = true;
    if (character === '[' || character === '{') this.depth += 1;
    if (character === ']' || character === '}') this.depth -= 1;
    this.element += character;
    return undefined;
  }

  #inString(character: string): void {
    this.element += character;
    if (this.isEscaped) this.isEscaped = false;
    else if (character === '\\') this.isEscaped = true;
    else if (character === '"') this.isInString = false;
  }

  #end(character: string): string | undefined {
    const text = this.element.trim();
    this.element = '';
    if (character === ']') this.position = 'after';
    if (text === '' && this.count === 0 && character === ']') return undefined;
    this.count += 1;
    return text;
  }
}

/**
 * The texts of the elements of one JSON array, one at a time: such a file has no lines, and may be larger than memory.
 * @throws CommandError where the text is no array, ends within it, or has an element that is too long.
 */
export async function* arrayElements(chunks: AsyncIterable<string>, path: string): AsyncGenerator<string> {
  const scan = new ArrayScan();
  for await (const chunk of chunks) {
    for (const character of chunk) {
      if (scan.position !== 'inside') skip(scan, character, path);
      else {
        const element = scan.take(character);
        if (element !== undefined) yield element;
      }
    }
    if (scan.element.length > MAX_RECORD_LENGTH) throw tooLong(path, scan.count + 1);
  }
  if (scan.position !== 'after') throw new CommandError(`${path} ends within its array: it was cut off. Get it again; nothing was sent.`);
}

const skip = (scan: ArrayScan, character: string, path: string): void => {
  if (/\s/.test(character)) return;
  if (scan.position === 'after' || character !== '[') throw new CommandError(`${path} is not one JSON array; nothing was sent.`);
  scan.position = 'inside';
  scan.depth = 1;
};
