import 'reflect-metadata';
import { GetCertificateCommand, type IssueCertificateCommandInput, waitUntilCertificateIssued } from '@aws-sdk/client-acm-pca';
import * as x509 from '@peculiar/x509';
import type { X509Certificate } from 'node:crypto';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { assumed, documented } from './fact.ts';
import { dayMs, PrivateCaWorld, template } from './private-ca-world.ts';

const reference = (operation: string): string => `Private CA API reference, ${operation}`;
const guide = (title: string): string => `Private CA user guide, "${title}"`;
const text = (pem: string): Uint8Array => new TextEncoder().encode(pem);

let world: PrivateCaWorld;
let root: string;
beforeAll(async () => {
  world = await PrivateCaWorld.start();
  root = await world.root();
});
afterAll(async () => {
  await world.stop();
});

const issue = (more: Partial<IssueCertificateCommandInput> = {}) => world.issue(root, more);
const order = (more: Partial<IssueCertificateCommandInput> = {}) => world.order(root, more);
const refusal = (name: string) => ({ name, $metadata: { httpStatusCode: 400 } });
const read = (certificate: X509Certificate) => new x509.X509Certificate(certificate.raw);
const usesOf = (certificate: X509Certificate) => ({
  key: read(certificate).getExtension(x509.KeyUsagesExtension)?.usages,
  purposes: read(certificate).getExtension(x509.ExtendedKeyUsageExtension)?.usages,
  constraints: read(certificate).getExtension(x509.BasicConstraintsExtension),
});

describe('A certificate', () => {
  assumed('private-ca.issuing-ms', 'is in progress when it has been ordered, and can be fetched a moment later', async () => {
    const CertificateArn = await order();
    const get = () => world.client.send(new GetCertificateCommand({ CertificateAuthorityArn: root, CertificateArn }));
    await expect(get()).rejects.toMatchObject(refusal('RequestInProgressException'));
    world.clock.advance(800);
    expect((await get()).Certificate).toContain('BEGIN CERTIFICATE');
  });

  documented('AWS SDK, waiter CertificateIssued', 'is waited for by the SDK', async () => {
    const CertificateArn = await order();
    const waiting = waitUntilCertificateIssued(
      { client: world.client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 },
      { CertificateAuthorityArn: root, CertificateArn },
    );
    world.clock.advance(800);
    expect((await waiting).state).toBe('SUCCESS');
  });

  documented(reference('IssueCertificate'), 'is one for one idempotency token of an authority within five minutes', async () => {
    const first = await order({ IdempotencyToken: 'job-1' });
    expect(await order({ IdempotencyToken: 'job-1' })).toBe(first);
    expect(await order({ IdempotencyToken: 'job-2' })).not.toBe(first);
    world.clock.advance(5 * 60_000);
    expect(await order({ IdempotencyToken: 'job-1' })).not.toBe(first);
  });

  documented(
    reference('IssueCertificate'),
    'has the key and the subject of the request, and begins an hour before it was issued',
    async () => {
      const keys = ecKeys();
      const nowMs = Math.floor(world.clock.now() / 1000) * 1000;
      const certificate = await issue({ Csr: text(requestPem({ keys, commonName: 'lamp-7' })), Validity: { Type: 'DAYS', Value: 30 } });
      expect(certificate.subject).toBe('CN=lamp-7');
      expect(certificate.publicKey.equals(keys.publicKey)).toBe(true);
      expect(certificate.validFromDate.getTime()).toBe(nowMs - 60 * 60_000);
      expect(certificate.validToDate.getTime()).toBe(nowMs + 30 * dayMs);
    },
  );

  documented(reference('Validity'), 'ends at a date, at a second, or after days, months or years', async () => {
    const endOf = async (Type: 'END_DATE' | 'ABSOLUTE' | 'MONTHS', Value: number) =>
      (await issue({ Validity: { Type, Value } })).validToDate.toISOString();
    expect(await endOf('END_DATE', 270_304_050_607)).toBe('2027-03-04T05:06:07.000Z');
    expect(await endOf('END_DATE', 20_270_304_050_607)).toBe('2027-03-04T05:06:07.000Z');
    expect(await endOf('ABSOLUTE', Date.UTC(2028, 1, 3) / 1000)).toBe('2028-02-03T00:00:00.000Z');
    const now = new Date(Math.floor(world.clock.now() / 1000) * 1000);
    now.setUTCMonth(now.getUTCMonth() + 2);
    expect(await endOf('MONTHS', 2)).toBe(now.toISOString());
  });

  documented(reference('IssueCertificate'), 'begins when the caller says, and not after it ends', async () => {
    const begin = Math.floor(world.clock.now() / 1000) + 600;
    const ValidityNotBefore = { Type: 'ABSOLUTE', Value: begin } as const;
    expect((await issue({ ValidityNotBefore })).validFromDate.getTime()).toBe(begin * 1000);
    const backwards = order({ ValidityNotBefore, Validity: { Type: 'ABSOLUTE', Value: begin - 60 } });
    await expect(backwards).rejects.toMatchObject(refusal('ValidationException'));
    const relative = order({ ValidityNotBefore: { Type: 'DAYS', Value: 1 } });
    await expect(relative).rejects.toMatchObject(refusal('ValidationException'));
  });

  documented(guide('Handling exceptions'), 'never outlives its authority', async () => {
    await expect(order({ Validity: { Type: 'YEARS', Value: 11 } })).rejects.toMatchObject(refusal('ValidationException'));
  });

  assumed(
    'private-ca.short-lived-refusal',
    'lives for seven days at most in the mode for short-lived ones, but the root itself longer',
    async () => {
      const shortLived = await world.root({ UsageMode: 'SHORT_LIVED_CERTIFICATE' });
      expect((await world.issue(shortLived, { Validity: { Type: 'DAYS', Value: 7 } })).subject).toBe('CN=lamp-1');
      const longer = world.order(shortLived, { Validity: { Type: 'DAYS', Value: 8 } });
      await expect(longer).rejects.toMatchObject(refusal('ValidationException'));
    },
  );

  documented(guide('Handling exceptions'), 'is signed by an algorithm of the family of the authority’s key', async () => {
    await expect(order({ SigningAlgorithm: 'SHA256WITHRSA' })).rejects.toMatchObject(refusal('InvalidArgsException'));
  });

  documented(reference('IssueCertificate'), 'is asked for by a request that proves its key and names somebody', async () => {
    await expect(order({ Csr: text('no request') })).rejects.toMatchObject(refusal('MalformedCSRException'));
    const forged = requestPem({ signer: ecKeys().privateKey });
    await expect(order({ Csr: text(forged) })).rejects.toMatchObject(refusal('MalformedCSRException'));
    await expect(order({ Csr: new Uint8Array(32_769) })).rejects.toMatchObject(refusal('ValidationException'));
  });
});

describe('A template', () => {
  documented(guide('Template definitions'), 'of end entities is for both sides of TLS unless another is named', async () => {
    expect(usesOf(await issue())).toMatchObject({
      key: x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
      purposes: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
      constraints: { ca: false },
    });
    const client = await issue({ TemplateArn: template('EndEntityClientAuthCertificate') });
    expect(usesOf(client).purposes).toEqual(['1.3.6.1.5.5.7.3.2']);
  });

  documented(guide('Template definitions'), 'of a root is for that root’s own request', async () => {
    const foreign = order({ TemplateArn: template('RootCACertificate') });
    await expect(foreign).rejects.toMatchObject(refusal('InvalidArgsException'));
  });

  documented(guide('Template definitions'), 'has to exist', async () => {
    for (const name of ['NoCertificate', 'BlankEndEntityCertificate', 'SubordinateCACertificate_PathLen9'])
      await expect(order({ TemplateArn: template(name) })).rejects.toMatchObject(refusal('InvalidArgsException'));
  });

  documented(guide('Template order of operations'), 'takes the caller’s wishes only where it is for that, and wins over them', async () => {
    const ApiPassthrough: IssueCertificateCommandInput['ApiPassthrough'] = {
      Subject: { CommonName: 'chosen' },
      Extensions: { ExtendedKeyUsage: [{ ExtendedKeyUsageType: 'CODE_SIGNING' }], SubjectAlternativeNames: [{ DnsName: 'lamp.example' }] },
    };
    const plain = await issue({ ApiPassthrough });
    expect([plain.subject, plain.subjectAltName]).toEqual(['CN=lamp-1', undefined]);
    const passed = await issue({ ApiPassthrough, TemplateArn: template('EndEntityClientAuthCertificate_APIPassthrough') });
    expect([passed.subject, passed.subjectAltName]).toEqual(['CN=chosen', 'DNS:lamp.example']);
    expect(usesOf(passed).purposes).toEqual(['1.3.6.1.5.5.7.3.2']);
    const blank = await issue({ ApiPassthrough, TemplateArn: template('BlankEndEntityCertificate_APIPassthrough') });
    expect(usesOf(blank)).toMatchObject({ key: undefined, purposes: ['1.3.6.1.5.5.7.3.3'] });
  });

  documented(guide('Template varieties'), 'never makes an authority of who asks to be one', async () => {
    const Csr = text(requestPem({ asksForAuthority: true }));
    const certificate = await issue({ Csr, TemplateArn: template('BlankEndEntityCertificate_CSRPassthrough') });
    expect(certificate.ca).toBe(false);
  });
});

describe('AWS Private CA', () => {
  documented('General Reference, "AWS Private CA quotas"', 'takes twenty-five orders a second', async () => {
    const busy = await PrivateCaWorld.start({});
    try {
      const arn = await busy.root();
      busy.clock.advance(1000);
      const orders = await Promise.allSettled(Array.from({ length: 26 }, () => busy.order(arn)));
      expect(orders.filter(({ status }) => status === 'fulfilled')).toHaveLength(25);
      expect(orders.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'ThrottlingException' } });
    } finally {
      await busy.stop();
    }
  });
});
