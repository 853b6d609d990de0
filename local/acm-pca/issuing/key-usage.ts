import { KeyUsageFlags } from '@peculiar/asn1-x509';
import * as z from 'zod';

const flags = {
  DigitalSignature: KeyUsageFlags.digitalSignature,
  NonRepudiation: KeyUsageFlags.nonRepudiation,
  KeyEncipherment: KeyUsageFlags.keyEncipherment,
  DataEncipherment: KeyUsageFlags.dataEncipherment,
  KeyAgreement: KeyUsageFlags.keyAgreement,
  KeyCertSign: KeyUsageFlags.keyCertSign,
  CRLSign: KeyUsageFlags.cRLSign,
  EncipherOnly: KeyUsageFlags.encipherOnly,
  DecipherOnly: KeyUsageFlags.decipherOnly,
} as const;

const flagNames = Object.keys(flags) as (keyof typeof flags)[]; // its own keys

/** API reference, KeyUsage: nine switches, off unless set. */
export const keyUsageMembers = z.partialRecord(z.enum(flagNames), z.boolean());

/** The bits of RFC 5280 §4.2.1.3. */
export const keyUsageFlags = (members: z.output<typeof keyUsageMembers>): number =>
  flagNames.reduce((sum, name) => (members[name] === true ? sum | flags[name] : sum), 0);
