import type { Name } from '@peculiar/asn1-x509';

/** RFC 5280 appendix A.1, by the names that provisioning templates give them (DG:jit-provisioning). */
const attributeTypes = {
  Country: '2.5.4.6',
  Organization: '2.5.4.10',
  OrganizationalUnit: '2.5.4.11',
  DistinguishedNameQualifier: '2.5.4.46',
  StateName: '2.5.4.8',
  CommonName: '2.5.4.3',
  SerialNumber: '2.5.4.5',
} as const;

export type SubjectAttribute = keyof typeof attributeTypes;

export const subjectAttributeNames = Object.keys(attributeTypes) as readonly SubjectAttribute[]; // its own keys

/** The values of one attribute of a name, in the order in which the name has them. */
export const subjectAttributes = (name: Name, attribute: SubjectAttribute): readonly string[] =>
  [...name].flatMap((level) => [...level].filter(({ type }) => type === attributeTypes[attribute]).map(({ value }) => value.toString()));
