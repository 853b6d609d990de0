import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509';

/** RFC 5280 appendix A.1: attribute types of names. */
const attributeTypes = { commonName: '2.5.4.3', country: '2.5.4.6', organization: '2.5.4.10', organizationalUnit: '2.5.4.11' } as const;

/** A name of one attribute per level, in the order given. */
export const distinguishedName = (...attributes: readonly (readonly [keyof typeof attributeTypes, string])[]): Name =>
  new Name(
    attributes.map(([type, utf8String]) => {
      const value = new AttributeValue({ utf8String });
      return new RelativeDistinguishedName([new AttributeTypeAndValue({ type: attributeTypes[type], value })]);
    }),
  );
