import { childrenOf, hexOf, onlyElement, presentElement, readDer } from './der.ts';
import { readSubject, type SubjectPart } from './certificate-fields.ts';

/** What stands in a signing request (RFC 2986 §4). Object identifiers are the hexadecimal digits of their content. */
export interface RequestFields {
  /** The bytes that the signature is over. */
  readonly signed: Buffer;
  readonly subject: readonly SubjectPart[];
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKeyInfo: Buffer;
  /** Whether it wishes for extensions: other names, above all. */
  readonly asksForExtensions: boolean;
  readonly signatureAlgorithm: string;
  readonly signature: Buffer;
}

const ATTRIBUTES = 0xa0;
/** `extensionRequest` (RFC 2985 §5.4.2). */
const EXTENSION_REQUEST = '2a864886f70d01090e';

/**
 * Reads a signing request in DER.
 * @throws RangeError where it is none.
 */
export const readRequestFields = (request: Buffer): RequestFields => {
  const [body, algorithm, signature] = childrenOf(onlyElement(readDer(request)));
  const [, subject, publicKeyInfo, attributes] = childrenOf(body);
  const wishes = attributes?.tag === ATTRIBUTES ? childrenOf(attributes) : [];
  return {
    signed: presentElement(body).raw,
    subject: readSubject(subject),
    publicKeyInfo: presentElement(publicKeyInfo).raw,
    asksForExtensions: wishes.some((wish) => hexOf(childrenOf(wish)[0]) === EXTENSION_REQUEST),
    signatureAlgorithm: hexOf(childrenOf(algorithm)[0]),
    // A bit string begins with the number of its bits that are not used.
    signature: presentElement(signature).content.subarray(1),
  };
};
