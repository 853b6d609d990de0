import {
  CreateCertificateAuthorityCommand,
  CreatePermissionCommand,
  DeleteCertificateAuthorityCommand,
  DescribeCertificateAuthorityCommand,
  GetCertificateAuthorityCertificateCommand,
  GetCertificateAuthorityCsrCommand,
  GetCertificateCommand,
  ListCertificateAuthoritiesCommand,
  ListPermissionsCommand,
  ListTagsCommand,
  RestoreCertificateAuthorityCommand,
  TagCertificateAuthorityCommand,
  UntagCertificateAuthorityCommand,
  UpdateCertificateAuthorityCommand,
} from '@aws-sdk/client-acm-pca';
import { X509Certificate } from 'node:crypto';
import { makeAuthority } from '../local/iot/own-ca/test-authority.ts';
import { assumed, documented } from './fact.ts';
import { dayMs, PrivateCaWorld, startMs, template } from './private-ca-world.ts';

const reference = (operation: string): string => `Private CA API reference, ${operation}`;
const guide = (title: string): string => `Private CA user guide, "${title}"`;

let world: PrivateCaWorld;
beforeAll(async () => {
  world = await PrivateCaWorld.start();
});
afterAll(async () => {
  await world.stop();
});

const describeAuthority = async (CertificateAuthorityArn: string) =>
  (await world.client.send(new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn }))).CertificateAuthority;
const statusOf = async (arn: string) => (await describeAuthority(arn))?.Status;
const setStatus = (CertificateAuthorityArn: string, Status: 'ACTIVE' | 'DISABLED' | 'EXPIRED') =>
  world.client.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn, Status }));
const remove = (CertificateAuthorityArn: string, PermanentDeletionTimeInDays = 30) =>
  world.client.send(new DeleteCertificateAuthorityCommand({ CertificateAuthorityArn, PermanentDeletionTimeInDays }));
const restore = (CertificateAuthorityArn: string) => world.client.send(new RestoreCertificateAuthorityCommand({ CertificateAuthorityArn }));
const refusal = (name: string) => ({ name, $metadata: { httpStatusCode: 400 } });

describe('A certificate authority', () => {
  assumed('private-ca.creating-ms', 'is CREATING at first, and its request is in progress', async () => {
    const { CertificateAuthorityArn = '' } = await world.client.send(
      new CreateCertificateAuthorityCommand({
        CertificateAuthorityType: 'SUBORDINATE',
        CertificateAuthorityConfiguration: {
          ...{ KeyAlgorithm: 'RSA_2048', SigningAlgorithm: 'SHA256WITHRSA', Subject: { CommonName: 'Sub' } },
        },
      }),
    );
    expect(await statusOf(CertificateAuthorityArn)).toBe('CREATING');
    const early = world.client.send(new GetCertificateAuthorityCsrCommand({ CertificateAuthorityArn }));
    await expect(early).rejects.toMatchObject(refusal('RequestInProgressException'));
    world.clock.advance(2000);
    expect(await statusOf(CertificateAuthorityArn)).toBe('PENDING_CERTIFICATE');
    expect(Buffer.from(await world.requestOf(CertificateAuthorityArn)).toString()).toContain('BEGIN CERTIFICATE REQUEST');
  });

  documented(reference('CreateCertificateAuthority'), 'is one for one idempotency token within five minutes', async () => {
    const first = await world.make({ IdempotencyToken: 'once' });
    expect(await world.make({ IdempotencyToken: 'once' })).toBe(first);
    world.clock.advance(5 * 60_000);
    expect(await world.make({ IdempotencyToken: 'once' })).not.toBe(first);
  });

  documented(guide('Handling exceptions'), 'cannot have a signing algorithm of another family than its key', async () => {
    const wanted = world.make({
      CertificateAuthorityConfiguration: { KeyAlgorithm: 'EC_prime256v1', SigningAlgorithm: 'SHA256WITHRSA', Subject: { CommonName: 'x' } },
    });
    await expect(wanted).rejects.toMatchObject(refusal('InvalidArgsException'));
  });

  documented(guide('Updating your private CA'), 'tells its serial number in decimal, and its validity', async () => {
    const arn = await world.root();
    const { Certificate = '' } = await world.client.send(new GetCertificateAuthorityCertificateCommand({ CertificateAuthorityArn: arn }));
    const x509 = new X509Certificate(Certificate);
    expect(await describeAuthority(arn)).toMatchObject({
      ...{ Arn: arn, OwnerAccount: '123456789012', Type: 'ROOT', Status: 'ACTIVE', UsageMode: 'GENERAL_PURPOSE' },
      ...{ Serial: BigInt(`0x${x509.serialNumber}`).toString(), NotAfter: x509.validToDate, NotBefore: x509.validFromDate },
    });
    expect(x509.subject).toBe('C=DE\nO=Lamps\nCN=Lamp Root');
  });

  documented(
    guide('Updating your private CA'),
    'issues nothing while it has no certificate or is disabled, and cannot be set to another state',
    async () => {
      const pending = await world.make();
      await expect(world.order(pending)).rejects.toMatchObject(refusal('InvalidStateException'));
      await expect(setStatus(pending, 'DISABLED')).rejects.toMatchObject(refusal('InvalidStateException'));
      const arn = await world.root();
      await setStatus(arn, 'DISABLED');
      await expect(world.order(arn)).rejects.toMatchObject(refusal('InvalidStateException'));
      await setStatus(arn, 'ACTIVE');
      await expect(setStatus(arn, 'EXPIRED')).rejects.toMatchObject(refusal('InvalidArgsException'));
      expect(await world.order(arn)).toMatch(/\/certificate\/[0-9a-f]{32}$/);
    },
  );

  documented(reference('DeleteCertificateAuthority'), 'is deleted only when disabled, and restored to that within its window', async () => {
    const arn = await world.root();
    await expect(remove(arn)).rejects.toMatchObject(refusal('InvalidStateException'));
    await setStatus(arn, 'DISABLED');
    await expect(remove(arn, 6)).rejects.toMatchObject(refusal('ValidationException'));
    await remove(arn, 7);
    const deleted = await describeAuthority(arn);
    expect(deleted).toMatchObject({ Status: 'DELETED', RestorableUntil: new Date(world.clock.now() + 7 * dayMs) });
    await restore(arn);
    expect(await statusOf(arn)).toBe('DISABLED');
    await remove(arn, 7);
    world.clock.advance(7 * dayMs);
    await expect(restore(arn)).rejects.toMatchObject(refusal('ResourceNotFoundException'));
  });

  documented(reference('ListCertificateAuthorities'), 'is listed page by page', async () => {
    await world.make();
    await world.make();
    const first = await world.client.send(new ListCertificateAuthoritiesCommand({ MaxResults: 1 }));
    const second = await world.client.send(new ListCertificateAuthoritiesCommand({ MaxResults: 1, NextToken: first.NextToken ?? '' }));
    expect(second.CertificateAuthorities?.[0]?.Arn).not.toBe(first.CertificateAuthorities?.[0]?.Arn);
    const wrong = world.client.send(new ListCertificateAuthoritiesCommand({ NextToken: 'nobody' }));
    await expect(wrong).rejects.toMatchObject(refusal('InvalidNextTokenException'));
  });

  documented(reference('TagCertificateAuthority'), 'has tags of its own, none that begins with aws:', async () => {
    const CertificateAuthorityArn = await world.make({ Tags: [{ Key: 'line', Value: 'lamp' }] });
    await world.client.send(new TagCertificateAuthorityCommand({ CertificateAuthorityArn, Tags: [{ Key: 'stage', Value: 'test' }] }));
    await world.client.send(new UntagCertificateAuthorityCommand({ CertificateAuthorityArn, Tags: [{ Key: 'line', Value: 'other' }] }));
    const { Tags } = await world.client.send(new ListTagsCommand({ CertificateAuthorityArn }));
    expect(Tags).toEqual([
      { Key: 'line', Value: 'lamp' },
      { Key: 'stage', Value: 'test' },
    ]);
    const reserved = world.client.send(new TagCertificateAuthorityCommand({ CertificateAuthorityArn, Tags: [{ Key: 'aws:x' }] }));
    await expect(reserved).rejects.toMatchObject(refusal('InvalidTagException'));
  });

  documented(reference('CreatePermission'), 'permits ACM once', async () => {
    const CertificateAuthorityArn = await world.make();
    const grant = new CreatePermissionCommand({ CertificateAuthorityArn, Principal: 'acm.amazonaws.com', Actions: ['IssueCertificate'] });
    await world.client.send(grant);
    await expect(world.client.send(grant)).rejects.toMatchObject(refusal('PermissionAlreadyExistsException'));
    const { Permissions } = await world.client.send(new ListPermissionsCommand({ CertificateAuthorityArn }));
    expect(Permissions).toMatchObject([{ Principal: 'acm.amazonaws.com', SourceAccount: '123456789012', Actions: ['IssueCertificate'] }]);
  });

  documented(reference('GetCertificate'), 'is named by an ARN of its form, and has to exist', async () => {
    const get = (CertificateAuthorityArn: string, CertificateArn: string) =>
      world.client.send(new GetCertificateCommand({ CertificateAuthorityArn, CertificateArn }));
    const arn = await world.root();
    const absent = arn.replace(/[0-9a-f]{12}$/, '000000000000');
    await expect(get('arn:aws:iot:x', `${arn}/certificate/00`)).rejects.toMatchObject(refusal('InvalidArnException'));
    await expect(get(absent, `${absent}/certificate/00`)).rejects.toMatchObject(refusal('ResourceNotFoundException'));
    await expect(get(arn, `${absent}/certificate/00`)).rejects.toMatchObject(refusal('InvalidArnException'));
    await expect(get(arn, `${arn}/certificate/00`)).rejects.toMatchObject(refusal('ResourceNotFoundException'));
  });
});

describe('The certificate of an authority', () => {
  documented(
    reference('ImportCertificateAuthorityCertificate'),
    'of a subordinate comes with its chain, each signing the one before',
    async () => {
      const [root, subordinate] = [await world.root(), await world.make({ CertificateAuthorityType: 'SUBORDINATE' })];
      const { x509, chain } = await world.sign(root, subordinate);
      await expect(world.install(subordinate, x509)).rejects.toMatchObject(refusal('MalformedCertificateException'));
      const stranger = await makeAuthority();
      await expect(world.install(subordinate, x509, stranger.cert)).rejects.toMatchObject(refusal('CertificateMismatchException'));
      await world.install(subordinate, x509, chain);
      expect(await statusOf(subordinate)).toBe('ACTIVE');
      const leaf = await world.fetch(subordinate, await world.order(subordinate));
      expect(leaf.chain).toBe(`${x509.toString()}${chain}`);
      expect(leaf.x509.checkIssued(x509)).toBe(true);
    },
  );

  documented(
    reference('ImportCertificateAuthorityCertificate'),
    'is self-signed for a root and only for a root, and of its own key',
    async () => {
      const [root, other] = [await world.root(), await world.make()];
      const Csr = await world.requestOf(other);
      const signed = await world.issue(root, { Csr, TemplateArn: template('SubordinateCACertificate_PathLen0') });
      await expect(world.install(other, signed)).rejects.toMatchObject(refusal('InvalidRequestException'));
      const stranger = await makeAuthority();
      await expect(world.install(other, new X509Certificate(stranger.cert))).rejects.toMatchObject(refusal('CertificateMismatchException'));
      const leaf = await world.issue(root, { Csr, Validity: { Type: 'DAYS', Value: 1 } });
      await expect(world.install(other, leaf)).rejects.toMatchObject(refusal('MalformedCertificateException'));
    },
  );

  assumed('private-ca.path-length-refusal', 'lets no subordinate be deeper than its own path length', async () => {
    const [root, middle, low] = [await world.root(), await world.make({ CertificateAuthorityType: 'SUBORDINATE' }), await world.make()];
    const { x509, chain } = await world.sign(root, middle, 1);
    await world.install(middle, x509, chain);
    await expect(world.sign(middle, low, 1)).rejects.toMatchObject(refusal('ValidationException'));
    expect(
      (await world.order(middle, { Csr: await world.requestOf(low), TemplateArn: template('SubordinateCACertificate_PathLen0') })) !== '',
    ).toBe(true);
  });

  documented(guide('Updating your private CA'), 'that has expired makes the authority EXPIRED until it is given another', async () => {
    const arn = await world.make();
    const root = { Csr: await world.requestOf(arn), TemplateArn: template('RootCACertificate') };
    await world.install(arn, await world.issue(arn, { ...root, Validity: { Type: 'DAYS', Value: 1 } }));
    world.clock.advance(dayMs);
    expect(await statusOf(arn)).toBe('EXPIRED');
    await expect(world.order(arn)).rejects.toMatchObject(refusal('InvalidStateException'));
    await expect(setStatus(arn, 'DISABLED')).rejects.toMatchObject(refusal('InvalidStateException'));
    await world.install(arn, await world.issue(arn, { ...root, Validity: { Type: 'YEARS', Value: 1 } }));
    expect(await statusOf(arn)).toBe('ACTIVE');
    expect(world.clock.now()).toBeGreaterThan(startMs);
  });
});
