import { createHash } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import type { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage,
  Extension,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';

/** One extension of that value. */
export const extension = (extnID: string, value: object, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

/** Extensions of RFC 5280 §4.2.1, each complete with identifier and criticality. */
export const isNoAuthority = extension(id_ce_basicConstraints, new BasicConstraints(), true);

/** An authority whose certificates may themselves issue no certificates. */
export const isLastAuthority = extension(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 }), true);

export const keyUsageDigitalSignature = extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true);

export const keyUsageCertificateSigning = extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign), true);

export const extendedKeyUsageServer = extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth]));

// RFC 5280 §4.2.1.2, method 1: SHA-1 over the bits of the public key.
export const keyIdentifierOf = ({ subjectPublicKey }: SubjectPublicKeyInfo): Buffer =>
  createHash('sha1').update(Buffer.from(subjectPublicKey)).digest();

export const subjectKeyIdentifier = (key: SubjectPublicKeyInfo): Extension =>
  extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifierOf(key)));

export const authorityKeyIdentifier = (issuerKey: SubjectPublicKeyInfo): Extension =>
  extension(id_ce_authorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIdentifierOf(issuerKey)) }));

/** DNS names, wildcards allowed in the first label, and addresses in text form. */
export const subjectAlternativeNames = (names: { readonly dns: readonly string[]; readonly addresses: readonly string[] }): Extension =>
  extension(
    id_ce_subjectAltName,
    new SubjectAlternativeName([
      ...names.dns.map((dNSName) => new GeneralName({ dNSName })),
      ...names.addresses.map((iPAddress) => new GeneralName({ iPAddress })),
    ]),
  );
