import { OctetString } from '@peculiar/asn1-schema';
import {
  CertificatePolicies,
  ExtendedKeyUsage,
  Extension,
  GeneralName,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  KeyUsage,
  PolicyInformation,
  SubjectAlternativeName,
} from '@peculiar/asn1-x509';
import * as z from 'zod';
import { extension } from '../../iot/certificate-authority/extensions.ts';
import { asn1Subject, nameOf } from '../asn1-subject.ts';
import { keyUsageFlags, keyUsageMembers } from './key-usage.ts';

const objectIdentifier = z
  .string()
  .max(64)
  .regex(/^[0-2](\.(0|[1-9]\d*))+$/);

/** RFC 5280 §4.2.1.12 and, for the last two, the registries of RFC 6962 and Microsoft. */
const purposes = {
  SERVER_AUTH: '1.3.6.1.5.5.7.3.1',
  CLIENT_AUTH: '1.3.6.1.5.5.7.3.2',
  CODE_SIGNING: '1.3.6.1.5.5.7.3.3',
  EMAIL_PROTECTION: '1.3.6.1.5.5.7.3.4',
  TIME_STAMPING: '1.3.6.1.5.5.7.3.8',
  OCSP_SIGNING: '1.3.6.1.5.5.7.3.9',
  DOCUMENT_SIGNING: '1.3.6.1.4.1.311.10.3.12',
  SMART_CARD_LOGIN: '1.3.6.1.4.1.311.20.2.2',
  CERTIFICATE_TRANSPARENCY: '1.3.6.1.4.1.11129.2.4.4',
} as const;

const purposeNames = Object.keys(purposes) as (keyof typeof purposes)[]; // its own keys

const purpose = z.union([
  z.strictObject({ ExtendedKeyUsageType: z.enum(purposeNames) }).transform((given) => purposes[given.ExtendedKeyUsageType]),
  z.strictObject({ ExtendedKeyUsageObjectIdentifier: objectIdentifier }).transform((given) => given.ExtendedKeyUsageObjectIdentifier),
]);

const generalName = z.union([
  z.strictObject({ DnsName: z.string().max(253) }).transform(({ DnsName }) => new GeneralName({ dNSName: DnsName })),
  z.strictObject({ Rfc822Name: z.string().max(256) }).transform((given) => new GeneralName({ rfc822Name: given.Rfc822Name })),
  z
    .strictObject({ UniformResourceIdentifier: z.string().max(253) })
    .transform((given) => new GeneralName({ uniformResourceIdentifier: given.UniformResourceIdentifier })),
  z.strictObject({ IpAddress: z.union([z.ipv4(), z.ipv6()]) }).transform((given) => new GeneralName({ iPAddress: given.IpAddress })),
  z.strictObject({ DirectoryName: asn1Subject }).transform((given) => new GeneralName({ directoryName: nameOf(given.DirectoryName) })),
  z.strictObject({ RegisteredId: objectIdentifier }).transform((given) => new GeneralName({ registeredID: given.RegisteredId })),
]);

const customExtension = z
  .object({ ObjectIdentifier: objectIdentifier, Value: z.base64().min(1).max(4096), Critical: z.boolean().default(false) })
  .transform(({ ObjectIdentifier, Value, Critical }) => {
    const extnValue = new OctetString(new Uint8Array(Buffer.from(Value, 'base64')).buffer);
    return new Extension({ extnID: ObjectIdentifier, critical: Critical, extnValue });
  });

/** API reference, ApiPassthrough; qualifiers of policies are not taken. */
export const apiPassthrough = z.object({
  Extensions: z
    .object({
      CertificatePolicies: z
        .array(z.strictObject({ CertPolicyId: objectIdentifier }))
        .max(20)
        .optional(),
      ExtendedKeyUsage: z.array(purpose).min(1).max(20).optional(),
      KeyUsage: keyUsageMembers.optional(),
      SubjectAlternativeNames: z.array(generalName).min(1).max(150).optional(),
      CustomExtensions: z.array(customExtension).min(1).max(150).optional(),
    })
    .default({}),
  Subject: asn1Subject.optional(),
});

type ApiPassthrough = z.output<typeof apiPassthrough>;

const policiesOf = (ids: readonly { readonly CertPolicyId: string }[]): Extension =>
  extension(
    id_ce_certificatePolicies,
    new CertificatePolicies(ids.map(({ CertPolicyId }) => new PolicyInformation({ policyIdentifier: CertPolicyId }))),
  );

/** The extensions that the caller asks for. */
export const passedExtensions = ({ Extensions: wanted }: ApiPassthrough): readonly Extension[] => [
  ...(wanted.SubjectAlternativeNames === undefined
    ? []
    : [extension(id_ce_subjectAltName, new SubjectAlternativeName(wanted.SubjectAlternativeNames))]),
  ...(wanted.KeyUsage === undefined ? [] : [extension(id_ce_keyUsage, new KeyUsage(keyUsageFlags(wanted.KeyUsage)), true)]),
  ...(wanted.ExtendedKeyUsage === undefined ? [] : [extension(id_ce_extKeyUsage, new ExtendedKeyUsage(wanted.ExtendedKeyUsage))]),
  ...(wanted.CertificatePolicies === undefined ? [] : [policiesOf(wanted.CertificatePolicies)]),
  ...(wanted.CustomExtensions ?? []),
];
