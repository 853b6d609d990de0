import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509';
import * as z from 'zod';

const text = (max: number) => z.string().min(1).max(max).optional();

const standardAttributes = {
  Country: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  Organization: text(64),
  OrganizationalUnit: text(64),
  DistinguishedNameQualifier: text(64),
  State: text(128),
  CommonName: text(64),
  SerialNumber: text(64),
  Locality: text(128),
  Title: text(64),
  Surname: text(40),
  GivenName: text(16),
  Initials: text(5),
  Pseudonym: text(128),
  GenerationQualifier: text(3),
};

/** RFC 5280 appendix A.1, in the order in which AWS Private CA writes them. */
const attributeTypes: Readonly<Record<keyof typeof standardAttributes, string>> = {
  Country: '2.5.4.6',
  Organization: '2.5.4.10',
  OrganizationalUnit: '2.5.4.11',
  DistinguishedNameQualifier: '2.5.4.46',
  State: '2.5.4.8',
  CommonName: '2.5.4.3',
  SerialNumber: '2.5.4.5',
  Locality: '2.5.4.7',
  Title: '2.5.4.12',
  Surname: '2.5.4.4',
  GivenName: '2.5.4.42',
  Initials: '2.5.4.43',
  Pseudonym: '2.5.4.65',
  GenerationQualifier: '2.5.4.44',
};

/** RFC 5280 §4.1.2.4 wants these three in PrintableString. */
const printable: ReadonlySet<string> = new Set(['2.5.4.5', '2.5.4.6', '2.5.4.46']);

const objectIdentifier = z
  .string()
  .max(64)
  .regex(/^[0-2](\.(0|[1-9]\d*))+$/);

/** API reference, ASN1Subject: standard attributes, or custom ones, never both. */
export const asn1Subject = z
  .object({
    ...standardAttributes,
    CustomAttributes: z
      .array(z.object({ ObjectIdentifier: objectIdentifier, Value: z.string().min(1).max(256) }))
      .max(150)
      .optional(),
  })
  .refine(
    ({ CustomAttributes, ...standard }) => CustomAttributes === undefined || Object.keys(standard).length === 0,
    'CustomAttributes cannot be given together with other attributes',
  );

export type Asn1Subject = z.output<typeof asn1Subject>;

const level = (type: string, value: string): RelativeDistinguishedName =>
  new RelativeDistinguishedName([
    new AttributeTypeAndValue({
      type,
      value: new AttributeValue(printable.has(type) ? { printableString: value } : { utf8String: value }),
    }),
  ]);

/** The distinguished name of a subject, one attribute a level. */
export const nameOf = ({ CustomAttributes = [], ...standard }: Asn1Subject): Name => {
  const given = new Map<string, string | undefined>(Object.entries(standard));
  const levels = Object.entries(attributeTypes).flatMap(([attribute, type]) => {
    const value = given.get(attribute);
    return value === undefined ? [] : [level(type, value)];
  });
  return new Name([...levels, ...CustomAttributes.map(({ ObjectIdentifier, Value }) => level(ObjectIdentifier, Value))]);
};
