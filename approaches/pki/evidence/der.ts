/** One element of DER (X.690 §8.1): its identifier octet and what it holds. */
export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  /** All of it, with its identifier and length. */
  readonly raw: Buffer;
}

const LONG_LENGTH = 0x80;
const MAX_LENGTH_BYTES = 3;

/**
 * The elements that stand one after the other in these bytes.
 * @throws RangeError where they are none of definite length.
 */
export const readDer = (bytes: Buffer): readonly DerElement[] => {
  const elements: DerElement[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const { start, length } = readLength(bytes, offset + 1);
    if (start + length > bytes.length) throw new RangeError('An element ends after the bytes that hold it.');
    elements.push({
      tag: bytes.readUInt8(offset),
      content: bytes.subarray(start, start + length),
      raw: bytes.subarray(offset, start + length),
    });
    offset = start + length;
  }
  return elements;
};

/** The elements that one holds. */
export const childrenOf = (element: DerElement | undefined): readonly DerElement[] => readDer(presentElement(element).content);

/** An object identifier as the hexadecimal digits of its content. */
export const hexOf = (element: DerElement | undefined): string => presentElement(element).content.toString('hex');

export const onlyElement = (elements: readonly DerElement[]): DerElement => {
  if (elements.length !== 1) throw new RangeError('Something stands beside what should be alone.');
  return presentElement(elements[0]);
};

export const presentElement = (element: DerElement | undefined): DerElement => {
  if (element === undefined) throw new RangeError('An element is missing.');
  return element;
};

const readLength = (bytes: Buffer, offset: number): { readonly start: number; readonly length: number } => {
  const first = bytes.readUInt8(offset);
  if (first < LONG_LENGTH) return { start: offset + 1, length: first };
  const count = first - LONG_LENGTH;
  if (count < 1 || count > MAX_LENGTH_BYTES) throw new RangeError('The length of an element is indefinite or too large.');
  return { start: offset + 1 + count, length: bytes.readUIntBE(offset + 1, count) };
};
