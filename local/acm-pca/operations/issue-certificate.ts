import { AsnConvert } from '@peculiar/asn1-schema';
import { BasicConstraints, id_ce_basicConstraints, id_ce_subjectAltName } from '@peculiar/asn1-x509';
import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { certificateExtensions } from '../../iot/certificate-authority/certificate-extensions.ts';
import { requestLabels } from '../../iot/certificate-authority/certificate-request.ts';
import type { ParsedRequest } from '../../iot/certificate-authority/parsed-request.ts';
import { parseRequest } from '../../iot/certificate-authority/parsed-request.ts';
import { decodePem } from '../../iot/certificate-authority/pem.ts';
import { publicKeyInfoOf } from '../../iot/certificate-authority/public-key-info.ts';
import { nameOf } from '../asn1-subject.ts';
import { signingAlgorithms } from '../authority-configuration.ts';
import { arn, bytes, idempotencyToken } from '../input-schemas.ts';
import { apiPassthrough, passedExtensions } from '../issuing/api-passthrough.ts';
import { extensionsOf } from '../issuing/extensions-of.ts';
import { issue, requireWithin } from '../issuing/issue.ts';
import type { Template } from '../issuing/template.ts';
import { defaultTemplateArn, templateOf } from '../issuing/template.ts';
import { defaultBackdatingMs, notAfterOf, validity, validityNotBefore } from '../issuing/validity.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import { invalidArgs, malformedCsr } from '../pca-errors.ts';
import type { PrivateAuthority } from '../private-authority.ts';
import { canSign } from '../signing-keys.ts';

const input = z.object({
  CertificateAuthorityArn: arn,
  Csr: bytes(32_768),
  SigningAlgorithm: z.enum(signingAlgorithms),
  TemplateArn: z.string().min(5).max(200).default(defaultTemplateArn),
  Validity: validity,
  ValidityNotBefore: validityNotBefore.optional(),
  ApiPassthrough: apiPassthrough.optional(),
  IdempotencyToken: idempotencyToken,
});

type Wanted = z.output<typeof input>;

const readCsr = (pem: Buffer): ParsedRequest => {
  const der = decodePem(pem.toString('utf8'), requestLabels);
  if (der === undefined) throw malformedCsr('it is no PEM block labelled CERTIFICATE REQUEST');
  const request = parseRequest(der);
  if ('objection' in request) throw malformedCsr(request.objection);
  const namesNobody = request.subject.length === 0 && !request.extensions.some(({ extnID }) => extnID === id_ce_subjectAltName);
  if (namesNobody) throw malformedCsr('it has neither a subject nor a subject alternative name');
  return request;
};

/** An authority without a certificate can sign one: its own. */
const authorityFor = ({ authorities }: PcaDependencies, wanted: Wanted, template: Template): PrivateAuthority => {
  const isRoot = template.makes === 'root';
  const states = isRoot ? (['PENDING_CERTIFICATE', 'ACTIVE', 'EXPIRED'] as const) : (['ACTIVE'] as const);
  const authority = authorities.getIn(wanted.CertificateAuthorityArn, states);
  if (isRoot && authority.type !== 'ROOT') throw invalidArgs('Only a root CA signs a root certificate, and only its own.');
  return authority;
};

const requireOwnRequest = ({ keys }: PrivateAuthority, { subjectPublicKeyInfo }: ParsedRequest): void => {
  const [own, asked] = [publicKeyInfoOf(keys.publicKey), subjectPublicKeyInfo].map((info) => Buffer.from(AsnConvert.serialize(info)));
  if (own === undefined || asked === undefined || !own.equals(asked)) throw invalidArgs('A root CA signs only its own request as a root.');
};

const pathLengthOf = ({ certificate }: PrivateAuthority): number | undefined => {
  if (certificate === undefined) return undefined;
  const constraints = certificateExtensions(certificate.parsed.x509).find(({ extnID }) => extnID === id_ce_basicConstraints);
  return constraints === undefined ? undefined : AsnConvert.parse(constraints.extnValue, BasicConstraints).pathLenConstraint;
};

const requireDepth = ({ behaviour }: PcaDependencies, authority: PrivateAuthority, { makes, pathLength = 0 }: Template): void => {
  const limit = makes === 'subordinate' ? pathLengthOf(authority) : undefined;
  if (limit === undefined || pathLength < limit) return;
  throw new AwsError(
    behaviour['private-ca.path-length-refusal'],
    `The CA allows a path length of ${limit}, and the template wants ${pathLength} below it.`,
  );
};

/** User Guide, "CA modes": seven days, but for the CA's own root certificate. */
const shortLivedMs = 7 * 86_400_000;

const endFor = (
  { behaviour, clock }: PcaDependencies,
  authority: PrivateAuthority,
  wanted: Wanted & { readonly template: Template },
): number => {
  const notAfter = notAfterOf(wanted.Validity, clock.now());
  if (wanted.template.makes === 'root') return notAfter;
  requireWithin(authority, notAfter);
  if (authority.usageMode === 'SHORT_LIVED_CERTIFICATE' && notAfter > clock.now() + shortLivedMs)
    throw new AwsError(
      behaviour['private-ca.short-lived-refusal'],
      'A CA for short-lived certificates issues none for more than seven days.',
    );
  return notAfter;
};

const beginFor = ({ ValidityNotBefore }: Wanted, nowMs: number, notAfter: number): number => {
  const notBefore = ValidityNotBefore === undefined ? nowMs - defaultBackdatingMs : ValidityNotBefore.Value * 1000;
  if (notBefore >= notAfter) throw new AwsError('ValidationException', 'The validity ends before it begins.');
  return Math.floor(notBefore / 1000) * 1000;
};

const requireSigner = ({ configuration }: PrivateAuthority, algorithm: Wanted['SigningAlgorithm']): void => {
  if (canSign(configuration.KeyAlgorithm, algorithm)) return;
  throw invalidArgs(`A CA with a key of ${configuration.KeyAlgorithm} cannot sign with ${algorithm}.`);
};

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_IssueCertificate.html: answers at once; the certificate comes later. */
export const issueCertificate =
  (dependencies: PcaDependencies): Operation =>
  (members) => {
    const { tokens, clock, behaviour, account } = dependencies;
    const wanted = parseInput(input, members);
    const template = templateOf(wanted.TemplateArn);
    const authority = authorityFor(dependencies, wanted, template);
    const token = wanted.IdempotencyToken === undefined ? undefined : `${authority.arn} ${wanted.IdempotencyToken}`;
    const known = tokens.find(token);
    if (known !== undefined) return { CertificateArn: known };
    requireSigner(authority, wanted.SigningAlgorithm);
    const request = readCsr(wanted.Csr);
    if (template.makes === 'root') requireOwnRequest(authority, request);
    requireDepth(dependencies, authority, template);
    const notAfter = endFor(dependencies, authority, { ...wanted, template });
    const passed = template.takesFromApi ? wanted.ApiPassthrough : undefined;
    const { arn: certificateArn } = issue(authority, {
      ...{ template, request, notAfter, notBefore: beginFor(wanted, clock.now(), notAfter) },
      subject: passed?.Subject === undefined ? request.subject : nameOf(passed.Subject),
      extensions: extensionsOf({
        ...{ authority, template, request, region: account.region },
        fromApi: passed === undefined ? [] : passedExtensions(passed),
      }),
      signingAlgorithm: wanted.SigningAlgorithm,
      readyAtMs: clock.now() + behaviour['private-ca.issuing-ms'],
    });
    tokens.remember(token, certificateArn);
    return { CertificateArn: certificateArn };
  };
