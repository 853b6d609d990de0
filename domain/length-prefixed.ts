const LENGTH_BYTES = 4;

/** Texts one after the other in UTF-8, each after its length in four bytes, big-endian: no two lists have the same bytes. */
export const lengthPrefixed = (parts: readonly string[]): Buffer =>
  Buffer.concat(parts.flatMap((part) => withLength(Buffer.from(part, 'utf8'))));

const withLength = (bytes: Buffer): readonly Buffer[] => {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
};
