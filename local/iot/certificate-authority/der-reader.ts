/** One DER element: where it starts, where its content starts and where it ends (exclusive). */
export interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
}

/** The bytes are no DER (ITU-T X.690 §10), or not the structure that was expected. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

const byteAt = (bytes: Buffer, offset: number): number => {
  const byte = bytes[offset];
  if (byte === undefined) throw new DerError(`the encoding ends at byte ${offset}, where more was expected`);
  return byte;
};

// X.690 §10.1: DER allows only the definite form, in the fewest octets.
const readLength = (bytes: Buffer, offset: number): { readonly length: number; readonly next: number } => {
  const first = byteAt(bytes, offset);
  if (first < 0x80) return { length: first, next: offset + 1 };
  const octetCount = first & 0x7f;
  if (octetCount === 0 || octetCount > 4) throw new DerError('a length is indefinite or longer than four octets');
  let length = 0;
  for (let index = 1; index <= octetCount; index++) length = length * 256 + byteAt(bytes, offset + index);
  if (length < 0x80 || length < 256 ** (octetCount - 1)) throw new DerError('a length is not in its shortest form');
  return { length, next: offset + 1 + octetCount };
};

/** Reads the element that starts at `offset` and must end at or before `limit`. */
export const readElement = (bytes: Buffer, offset: number, limit = bytes.length): DerElement => {
  const tag = byteAt(bytes, offset);
  if ((tag & 0x1f) === 0x1f) throw new DerError('tags of more than one octet are not used here');
  const { length, next } = readLength(bytes, offset + 1);
  const end = next + length;
  if (end > limit) throw new DerError(`an element of ${length} octets reaches beyond its container`);
  return { tag, start: offset, contentStart: next, end };
};

/** The elements inside a constructed element, which must have the tag given. */
export const readChildren = (bytes: Buffer, parent: DerElement, tag: number): readonly DerElement[] => {
  if (parent.tag !== tag) throw new DerError(`tag 0x${parent.tag.toString(16)} where 0x${tag.toString(16)} was expected`);
  const children: DerElement[] = [];
  for (let offset = parent.contentStart; offset < parent.end; ) {
    const child = readElement(bytes, offset, parent.end);
    children.push(child);
    offset = child.end;
  }
  return children;
};

/** The element with its header. */
export const wholeOf = (bytes: Buffer, element: DerElement): Buffer => bytes.subarray(element.start, element.end);

/** The element without its header. */
export const contentOf = (bytes: Buffer, element: DerElement): Buffer => bytes.subarray(element.contentStart, element.end);

/** The octets of a BIT STRING, which must have no unused bits. */
export const bitsOf = (bytes: Buffer, element: DerElement): Buffer => {
  if (element.tag !== 0x03 || byteAt(bytes, element.contentStart) !== 0) throw new DerError('a bit string of whole octets was expected');
  return bytes.subarray(element.contentStart + 1, element.end);
};
