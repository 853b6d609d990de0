import { sign } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  CertificateList,
  CRLNumber,
  CRLReason,
  CRLReasons,
  id_ce_cRLNumber,
  id_ce_cRLReasons,
  RevokedCertificate,
  TBSCertList,
  Time,
  Version,
} from '@peculiar/asn1-x509';
import { authorityKeyIdentifier, extension } from '../../iot/certificate-authority/extensions.ts';
import { publicKeyInfoOf } from '../../iot/certificate-authority/public-key-info.ts';
import type { IssuedCertificate, PrivateAuthority, Revocation } from '../private-authority.ts';
import { schemeOf } from '../signing-keys.ts';

/** API reference, RevokeCertificate, as RFC 5280 §5.3.1 numbers them. */
export const revocationReasons: Readonly<Record<string, CRLReasons>> = {
  UNSPECIFIED: CRLReasons.unspecified,
  KEY_COMPROMISE: CRLReasons.keyCompromise,
  CERTIFICATE_AUTHORITY_COMPROMISE: CRLReasons.cACompromise,
  AFFILIATION_CHANGED: CRLReasons.affiliationChanged,
  SUPERSEDED: CRLReasons.superseded,
  CESSATION_OF_OPERATION: CRLReasons.cessationOfOperation,
  PRIVILEGE_WITHDRAWN: CRLReasons.privilegeWithdrawn,
  A_A_COMPROMISE: CRLReasons.aACompromise,
};

/** A positive INTEGER's content octets. */
const integerOf = (hex: string): ArrayBuffer => {
  const octets = Buffer.from(hex, 'hex');
  return new Uint8Array((octets[0] ?? 0) < 0x80 ? octets : Buffer.concat([Buffer.alloc(1), octets])).buffer;
};

const entryOf = ({ serial }: IssuedCertificate, { reason, atMs }: Revocation): RevokedCertificate =>
  new RevokedCertificate({
    userCertificate: integerOf(serial),
    revocationDate: new Time(new Date(atMs)),
    crlEntryExtensions: [extension(id_ce_cRLReasons, new CRLReason(revocationReasons[reason]))],
  });

const entriesOf = ({ issued }: PrivateAuthority): readonly RevokedCertificate[] =>
  [...issued.values()].flatMap((certificate) =>
    certificate.revocation === undefined ? [] : [entryOf(certificate, certificate.revocation)],
  );

/** A complete list in DER (RFC 5280 §5), numbered by its time as AWS Private CA's are. */
export const revocationList = (authority: PrivateAuthority, nowMs: number, nextUpdateMs: number): Buffer => {
  const { identifier, digest } = schemeOf(authority.configuration.SigningAlgorithm);
  const entries = entriesOf(authority);
  const tbsCertList = new TBSCertList({
    ...{ version: Version.v2, signature: identifier, issuer: authority.certificate?.parsed.subject ?? authority.subject },
    ...{ thisUpdate: new Time(new Date(nowMs)), nextUpdate: new Time(new Date(nextUpdateMs)) },
    ...(entries.length === 0 ? {} : { revokedCertificates: [...entries] }),
    crlExtensions: [authorityKeyIdentifier(publicKeyInfoOf(authority.keys.publicKey)), extension(id_ce_cRLNumber, new CRLNumber(nowMs))],
  });
  const signature = sign(digest, Buffer.from(AsnConvert.serialize(tbsCertList)), authority.keys.privateKey);
  const list = new CertificateList({ tbsCertList, signatureAlgorithm: identifier, signature: new Uint8Array(signature).buffer });
  return Buffer.from(AsnConvert.serialize(list));
};
