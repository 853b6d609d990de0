import {
  ACMPCAClient,
  CreateCertificateAuthorityCommand,
  type CreateCertificateAuthorityCommandInput,
  GetCertificateAuthorityCsrCommand,
  GetCertificateCommand,
  ImportCertificateAuthorityCertificateCommand,
  IssueCertificateCommand,
  type IssueCertificateCommandInput,
} from '@aws-sdk/client-acm-pca';
import { X509Certificate } from 'node:crypto';
import { ManualClock } from '../../local/manual-clock.ts';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { requestPem } from '../local/iot/certificate-requests.ts';

export const startMs = Date.UTC(2026, 0, 1);
export const dayMs = 86_400_000;
export const template = (name: string): string => `arn:aws:acm-pca:::template/${name}/V1`;
const text = (pem: string): Uint8Array => new TextEncoder().encode(pem);

/** How long an authority is being made, and a certificate being issued, at most. */
const patienceMs = 5000;

/** AWS Private CA with a clock that stands still. */
export class PrivateCaWorld {
  readonly local: LocalAws;
  readonly clock: ManualClock;
  readonly client: ACMPCAClient;

  private constructor(local: LocalAws, clock: ManualClock) {
    [this.local, this.clock] = [local, clock];
    this.client = new ACMPCAClient({ endpoint: local.endpoint, region: 'us-east-1', credentials: local.credentials, maxAttempts: 1 });
  }

  static async start(options: { readonly operationRates?: 'off' } = { operationRates: 'off' }): Promise<PrivateCaWorld> {
    const clock = new ManualClock(startMs);
    return new PrivateCaWorld(await startLocalAws({ clock, iotSettings: options }), clock);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await this.local.stop();
  }

  /** A new authority, when it has been made. */
  async make(more: Partial<CreateCertificateAuthorityCommandInput> = {}): Promise<string> {
    const { CertificateAuthorityArn = '' } = await this.client.send(
      new CreateCertificateAuthorityCommand({
        CertificateAuthorityType: 'ROOT',
        CertificateAuthorityConfiguration: {
          KeyAlgorithm: 'EC_prime256v1',
          SigningAlgorithm: 'SHA256WITHECDSA',
          Subject: { Country: 'DE', Organization: 'Lamps', CommonName: 'Lamp Root' },
        },
        ...more,
      }),
    );
    this.clock.advance(patienceMs);
    return CertificateAuthorityArn;
  }

  /** The request of an authority, as `IssueCertificate` takes it. */
  async requestOf(CertificateAuthorityArn: string): Promise<Uint8Array> {
    const { Csr = '' } = await this.client.send(new GetCertificateAuthorityCsrCommand({ CertificateAuthorityArn }));
    return text(Csr);
  }

  /** Orders a certificate for a year, of a new key unless told otherwise; answers its ARN. */
  async order(CertificateAuthorityArn: string, more: Partial<IssueCertificateCommandInput> = {}): Promise<string> {
    const { CertificateArn = '' } = await this.client.send(
      new IssueCertificateCommand({
        ...{ CertificateAuthorityArn, SigningAlgorithm: 'SHA256WITHECDSA', Csr: text(requestPem({ commonName: 'lamp-1' })) },
        Validity: { Type: 'DAYS', Value: 365 },
        ...more,
      }),
    );
    return CertificateArn;
  }

  async fetch(
    CertificateAuthorityArn: string,
    CertificateArn: string,
  ): Promise<{ readonly x509: X509Certificate; readonly chain: string }> {
    this.clock.advance(patienceMs);
    const { Certificate = '', CertificateChain = '' } = await this.client.send(
      new GetCertificateCommand({ CertificateAuthorityArn, CertificateArn }),
    );
    return { x509: new X509Certificate(Certificate), chain: CertificateChain };
  }

  async issue(arn: string, more: Partial<IssueCertificateCommandInput> = {}): Promise<X509Certificate> {
    return (await this.fetch(arn, await this.order(arn, more))).x509;
  }

  async install(CertificateAuthorityArn: string, certificate: X509Certificate, chain?: string): Promise<void> {
    await this.client.send(
      new ImportCertificateAuthorityCertificateCommand({
        ...{ CertificateAuthorityArn, Certificate: text(certificate.toString()) },
        ...(chain === undefined ? {} : { CertificateChain: text(chain) }),
      }),
    );
  }

  /** A root for ten years that has its certificate. */
  async root(more: Partial<CreateCertificateAuthorityCommandInput> = {}): Promise<string> {
    const arn = await this.make(more);
    const Validity = { Type: 'YEARS', Value: 10 } as const;
    await this.install(
      arn,
      await this.issue(arn, { Csr: await this.requestOf(arn), TemplateArn: template('RootCACertificate'), Validity }),
    );
    return arn;
  }

  /** Orders a subordinate's certificate from its issuer. */
  async sign(issuer: string, subordinate: string, pathLength = 0): Promise<{ readonly x509: X509Certificate; readonly chain: string }> {
    const TemplateArn = template(`SubordinateCACertificate_PathLen${pathLength}`);
    const Csr = await this.requestOf(subordinate);
    return this.fetch(issuer, await this.order(issuer, { Csr, TemplateArn, Validity: { Type: 'YEARS', Value: 5 } }));
  }
}
