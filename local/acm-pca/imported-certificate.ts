import { id_ce_basicConstraints } from '@peculiar/asn1-x509';
import { certificateExtensions } from '../iot/certificate-authority/certificate-extensions.ts';
import type { ParsedCertificate } from '../iot/certificate-authority/parsed-certificate.ts';
import { isIssuedBy, nameKey, parseCertificate } from '../iot/certificate-authority/parsed-certificate.ts';
import { decodePem } from '../iot/certificate-authority/pem.ts';
import { invalidRequest, malformedCertificate, mismatchedCertificate } from './pca-errors.ts';
import type { AuthorityCertificate, PrivateAuthority } from './private-authority.ts';

export interface ImportRequest {
  /** PEM. */
  readonly certificate: string;
  readonly chain: string | undefined;
  readonly nowMs: number;
}

/** API reference, ImportCertificateAuthorityCertificate, "Enforcement of Critical Constraints": what may be critical. */
const mayBeCritical: ReadonlySet<string> = new Set([
  ...['2.5.29.9', '2.5.29.14', '2.5.29.15', '2.5.29.17', '2.5.29.18', '2.5.29.19', '2.5.29.32', '2.5.29.33', '2.5.29.35', '2.5.29.37'],
  ...['2.5.29.54', '1.3.6.1.5.5.7.1.11'],
]);

const parse = (pem: string): ParsedCertificate => {
  const der = decodePem(pem, ['CERTIFICATE']);
  const parsed = der === undefined ? undefined : parseCertificate(der);
  if (parsed === undefined) throw malformedCertificate('it is no PEM block of one X.509 certificate');
  return parsed;
};

const requireAuthority = ({ x509 }: ParsedCertificate): void => {
  const critical = certificateExtensions(x509).flatMap((extension) => (extension.critical ? [extension.extnID] : []));
  if (!x509.ca || !critical.includes(id_ce_basicConstraints))
    throw malformedCertificate('its basic constraints do not say CA:TRUE, or are not critical');
  const other = critical.find((extnID) => !mayBeCritical.has(extnID));
  if (other !== undefined) throw malformedCertificate(`its extension ${other} must not be critical`);
};

const readChain = (chain: string): readonly ParsedCertificate[] => {
  const blocks = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const links = blocks.map((block) => parse(block));
  for (const link of links) requireAuthority(link);
  return links;
};

const requireChain = (certificate: ParsedCertificate, chain: readonly ParsedCertificate[]): void => {
  const [root] = chain.slice(-1);
  if (root === undefined) throw malformedCertificate('the certificate of a subordinate needs its chain');
  if (!isIssuedBy(root, root)) throw mismatchedCertificate('the last certificate of the chain is no root');
  const links = [certificate, ...chain];
  const broken = chain.find((issuer, index) => !isIssuedBy(links[index] ?? certificate, issuer));
  if (broken !== undefined) throw mismatchedCertificate('a certificate of the chain did not sign the one before it');
};

const requireOwn = (authority: PrivateAuthority, certificate: ParsedCertificate): void => {
  if (!certificate.publicKey.equals(authority.keys.publicKey)) throw mismatchedCertificate('its public key is another');
  if (nameKey(certificate.subject) !== nameKey(authority.subject)) throw mismatchedCertificate('its subject is another');
};

/** Reads the certificate that an authority is given, with its chain. Refuses as the API reference says. */
export const readImportedCertificate = (authority: PrivateAuthority, wanted: ImportRequest): AuthorityCertificate => {
  const parsed = parse(wanted.certificate);
  requireAuthority(parsed);
  requireOwn(authority, parsed);
  if (parsed.notAfter <= wanted.nowMs) throw malformedCertificate('it has expired');
  const isSelfSigned = isIssuedBy(parsed, parsed);
  if (authority.type === 'ROOT') {
    if (!isSelfSigned) throw invalidRequest('Only a self-signed certificate can be imported as a root CA.');
    if (wanted.chain !== undefined) throw invalidRequest('A root CA has no chain.');
    return { pem: parsed.x509.toString(), chainPem: '', parsed };
  }
  if (isSelfSigned) throw invalidRequest('A self-signed certificate cannot be imported as a subordinate CA.');
  const chain = readChain(wanted.chain ?? '');
  requireChain(parsed, chain);
  return { pem: parsed.x509.toString(), chainPem: chain.map(({ x509 }) => x509.toString()).join(''), parsed };
};
