import { childrenOf, type DerElement, hexOf, onlyElement, presentElement, readDer } from './der.ts';

/** A part of a certificate's subject: its type as the hexadecimal digits of its object identifier, and its text. */
export interface SubjectPart {
  readonly type: string;
  /** `undefined` in an encoding other than ASCII or UTF-8. */
  readonly text: string | undefined;
}

export interface Extension {
  readonly isCritical: boolean;
  readonly value: Buffer;
}

/** What `X509Certificate` does not tell of a certificate. Object identifiers are the hexadecimal digits of their content. */
export interface CertificateFields {
  readonly signatureAlgorithm: string;
  readonly subject: readonly SubjectPart[];
  readonly extensions: ReadonlyMap<string, Extension>;
}

/** The type of a common name. */
export const COMMON_NAME = '550403';

const TRUE = 0xff;
const BOOLEAN = 0x01;
const EXTENSIONS = 0xa3;
const VERSION = 0xa0;
/** UTF8String, PrintableString and IA5String. */
const TEXT_TAGS = [0x0c, 0x13, 0x16];
/** After the version: serial number, signature, issuer, validity (RFC 5280 §4.1). */
const SUBJECT_INDEX = 4;

/**
 * Reads a certificate in DER that `X509Certificate` has taken.
 * @throws RangeError where it is not in DER all the same, or says anything twice.
 */
export const readCertificateFields = (certificate: Buffer): CertificateFields => {
  const [body, algorithm] = childrenOf(onlyElement(readDer(certificate)));
  const parts = childrenOf(body).filter(({ tag }) => tag !== VERSION);
  const extensions = parts.find(({ tag }) => tag === EXTENSIONS);
  return {
    signatureAlgorithm: hexOf(childrenOf(algorithm)[0]),
    subject: readSubject(parts[SUBJECT_INDEX]),
    extensions:
      extensions === undefined ? new Map<string, Extension>() : readExtensions(childrenOf(onlyElement(readDer(extensions.content)))),
  };
};

/** The parts of a name (RFC 5280 §4.1.2.4). @throws RangeError where it is none. */
export const readSubject = (name: DerElement | undefined): readonly SubjectPart[] =>
  childrenOf(name).flatMap((set) => childrenOf(set).map(subjectPart));

const readExtensions = (elements: readonly DerElement[]): ReadonlyMap<string, Extension> => {
  const extensions = new Map(elements.map(readExtension));
  if (extensions.size < elements.length) throw new RangeError('An extension stands there twice.'); // RFC 5280 §4.2
  return extensions;
};

const readExtension = (element: DerElement): [string, Extension] => {
  const [type, ...rest] = childrenOf(element);
  const isCritical = rest[0]?.tag === BOOLEAN && rest[0].content[0] === TRUE;
  return [hexOf(type), { isCritical, value: presentElement(rest.at(-1)).content }];
};

const subjectPart = (element: DerElement): SubjectPart => {
  const [type, value] = childrenOf(element);
  const { tag, content } = presentElement(value);
  return { type: hexOf(type), text: TEXT_TAGS.includes(tag) ? content.toString('utf8') : undefined };
};
