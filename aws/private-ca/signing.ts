import { ACMPCAClient, GetCertificateCommand, IssueCertificateCommand, type SigningAlgorithm } from '@aws-sdk/client-acm-pca';
import type { KeyUsage } from '../../domain/issuance/certificate-terms.ts';
import { AuthorityError, type CertificateOrder, type CertificateSigning } from '../../domain/issuance/issuance-ports.ts';

/** Which authority of AWS Private CA signs, and how. */
export interface PrivateAuthority {
  readonly arn: string;
  /** Of the family of its key. */
  readonly signingAlgorithm: SigningAlgorithm;
  /** ARN of a template for end entities that takes key usages from the call, and the subject from the request. */
  readonly templateArn: string;
}

export type Pause = (delayMs: number, signal?: AbortSignal) => Promise<void>;

/** Waits before each look whether it is there: AWS Private CA takes about a second, and 75 looks a second from an account. */
const LOOKS_AFTER_MS = [400, 300, 400, 600, 800, 1_000, 1_000, 1_000];

/**
 * A client whose calls end while a device waits at the other end: AWS IoT gives a provider 5 s, and the SDK by itself would wait
 * without end.
 */
export const createImpatientPrivateCaClient = (): ACMPCAClient =>
  new ACMPCAClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 900, requestTimeout: 1_500 } });

/** Has certificates signed by an authority of AWS Private CA. */
export const createPrivateCaSigning = (client: ACMPCAClient, authority: PrivateAuthority, pause: Pause): CertificateSigning => ({
  async sign(order, signal) {
    try {
      const certificateArn = await issue({ client, authority }, order, signal);
      return await fetchWhenIssued({ client, authority, pause }, certificateArn, signal);
    } catch (error) {
      if (signal?.aborted === true || error instanceof AuthorityError) throw error;
      throw new AuthorityError(`AWS Private CA did not issue a certificate: ${textOf(error)}`, { cause: error });
    }
  },
});

interface Asked {
  readonly client: ACMPCAClient;
  readonly authority: PrivateAuthority;
}

const issue = async (
  { client, authority }: Asked,
  { csrPem, terms, requestId }: CertificateOrder,
  signal?: AbortSignal,
): Promise<string> => {
  const command = new IssueCertificateCommand({
    CertificateAuthorityArn: authority.arn,
    Csr: Buffer.from(csrPem),
    SigningAlgorithm: authority.signingAlgorithm,
    TemplateArn: authority.templateArn,
    ApiPassthrough: { Extensions: { KeyUsage: usagesOf(terms.keyUsage), ExtendedKeyUsage: [{ ExtendedKeyUsageType: 'CLIENT_AUTH' }] } },
    Validity: { Type: 'DAYS', Value: terms.validityDays },
    IdempotencyToken: requestId,
  });
  const { CertificateArn } = await client.send(command, optionsOf(signal));
  if (CertificateArn === undefined) throw new AuthorityError('AWS Private CA answered no certificate.');
  return CertificateArn;
};

const usagesOf = (wanted: readonly KeyUsage[]) => ({
  DigitalSignature: wanted.includes('digitalSignature'),
  KeyEncipherment: wanted.includes('keyEncipherment'),
  KeyAgreement: wanted.includes('keyAgreement'),
});

const fetchWhenIssued = async (
  { client, authority, pause }: Asked & { readonly pause: Pause },
  CertificateArn: string,
  signal?: AbortSignal,
): Promise<string> => {
  const command = new GetCertificateCommand({ CertificateAuthorityArn: authority.arn, CertificateArn });
  for (const delayMs of LOOKS_AFTER_MS) {
    await pause(delayMs, signal);
    const certificate = await unlessInProgress(client.send(command, optionsOf(signal)));
    if (certificate !== undefined) return certificate;
  }
  throw new AuthorityError('AWS Private CA takes too long to issue a certificate.');
};

const unlessInProgress = async (request: Promise<{ readonly Certificate?: string | undefined }>): Promise<string | undefined> => {
  try {
    const { Certificate } = await request;
    if (Certificate === undefined) throw new AuthorityError('AWS Private CA answered no certificate.');
    return Certificate;
  } catch (error) {
    if (error instanceof Error && error.name === 'RequestInProgressException') return undefined;
    throw error;
  }
};

const optionsOf = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });

const textOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
