/** What a client says first, as far as it has come. */
export type ClientHello = { readonly isComplete: false } | { readonly isComplete: true; readonly serverName: string | undefined };

const handshakeRecord = 22;
const clientHelloMessage = 1;
const serverNameExtension = 0;

/** Bytes of the handshake, out of the records that carry them. [RFC 8446 §5.1] */
const handshakeIn = (bytes: Buffer): Buffer => {
  const fragments: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes.readUInt8(at) === handshakeRecord; at += 5 + bytes.readUInt16BE(at + 3)) {
    fragments.push(bytes.subarray(at + 5, at + 5 + bytes.readUInt16BE(at + 3)));
  }
  return Buffer.concat(fragments);
};

/** What follows a vector whose length is told in so many bytes. */
const skipVector = (bytes: Buffer, at: number, lengthBytes: 1 | 2): number => at + lengthBytes + bytes.readUIntBE(at, lengthBytes);

/** RFC 6066 §3: a list of names, of which the first is the host's. */
const serverNameIn = (extension: Buffer): string => extension.toString('latin1', 5, 5 + extension.readUInt16BE(3));

/** RFC 8446 §4.1.2: version, random, session id, cipher suites, compression methods, extensions. */
const serverNameOf = (hello: Buffer): string | undefined => {
  let at = skipVector(hello, 34, 1);
  at = skipVector(hello, at, 2);
  at = skipVector(hello, at, 1) + 2;
  while (at + 4 <= hello.length) {
    const end = skipVector(hello, at + 2, 2);
    if (hello.readUInt16BE(at) === serverNameExtension) return serverNameIn(hello.subarray(at + 4, end));
    at = end;
  }
  return undefined;
};

/** Reads the first bytes of a connection. What is no ClientHello counts as a complete one without a name: TLS refuses it. */
export const readClientHello = (bytes: Buffer): ClientHello => {
  if (bytes.length > 0 && bytes.readUInt8(0) !== handshakeRecord) return { isComplete: true, serverName: undefined };
  const handshake = handshakeIn(bytes);
  if (handshake.length < 4) return { isComplete: false };
  if (handshake.readUInt8(0) !== clientHelloMessage) return { isComplete: true, serverName: undefined };
  const end = 4 + handshake.readUIntBE(1, 3);
  if (handshake.length < end) return { isComplete: false };
  try {
    return { isComplete: true, serverName: serverNameOf(handshake.subarray(4, end)) };
  } catch {
    // A length that points outside is for TLS to refuse.
    return { isComplete: true, serverName: undefined };
  }
};
