import 'reflect-metadata';
import {
  type CrlConfiguration,
  RevokeCertificateCommand,
  type RevokeCertificateCommandInput,
  UpdateCertificateAuthorityCommand,
} from '@aws-sdk/client-acm-pca';
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import * as x509 from '@peculiar/x509';
import { X509Certificate } from 'node:crypto';
import { assumed, documented } from './fact.ts';
import { dayMs, PrivateCaWorld } from './private-ca-world.ts';

const reference = (operation: string): string => `Private CA API reference, ${operation}`;
const guide = (title: string): string => `Private CA user guide, "${title}"`;

let world: PrivateCaWorld;
let s3: S3Client;
beforeAll(async () => {
  world = await PrivateCaWorld.start();
  const { endpoint, credentials } = world.local;
  s3 = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
});
afterAll(async () => {
  s3.destroy();
  await world.stop();
});

const bucketPolicy = (name: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'acm-pca.amazonaws.com' },
        Action: ['s3:PutObject', 's3:PutObjectAcl', 's3:GetBucketAcl', 's3:GetBucketLocation'],
        Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
        Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
      },
    ],
  });

const makeBucket = async (name: string): Promise<string> => {
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: name, Policy: bucketPolicy(name) }));
  return name;
};

const listIn = (S3BucketName: string, more: Partial<CrlConfiguration> = {}) => ({
  RevocationConfiguration: {
    CrlConfiguration: { Enabled: true, ExpirationInDays: 10, S3BucketName, S3ObjectAcl: 'BUCKET_OWNER_FULL_CONTROL' as const, ...more },
  },
});

const readList = async (Bucket: string, arn: string): Promise<x509.X509Crl> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `crl/${arn.split('/').at(-1) ?? ''}.crl` }));
  return new x509.X509Crl(Uint8Array.from((await Body?.transformToByteArray()) ?? []));
};

const revoke = (CertificateAuthorityArn: string, { serialNumber }: X509Certificate, more: Partial<RevokeCertificateCommandInput> = {}) =>
  world.client.send(
    new RevokeCertificateCommand({
      ...{ CertificateAuthorityArn, CertificateSerial: (serialNumber.match(/../g) ?? []).join(':'), RevocationReason: 'KEY_COMPROMISE' },
      ...more,
    }),
  );

const refusal = (name: string) => ({ name, $metadata: { httpStatusCode: 400 } });

describe('A revocation', () => {
  assumed('private-ca.crl-after-ms', 'stands in the list half an hour later, with its reason', async () => {
    const Bucket = await makeBucket('lists-1');
    const arn = await world.root(listIn(Bucket));
    const certificate = await world.issue(arn);
    expect((await readList(Bucket, arn)).entries).toHaveLength(0);
    await revoke(arn, certificate);
    world.clock.advance(30 * 60_000 - 1);
    expect((await readList(Bucket, arn)).entries).toHaveLength(0);
    world.clock.advance(1);
    const [entry] = (await readList(Bucket, arn)).entries;
    expect(entry?.serialNumber.toUpperCase()).toBe(certificate.serialNumber);
    expect(entry?.reason).toBe(x509.X509CrlReason.keyCompromise);
  });

  documented(reference('RevokeCertificate'), 'is asked for once, by a serial number of this authority, in hexadecimal', async () => {
    const arn = await world.root();
    const certificate = await world.issue(arn);
    await expect(revoke(arn, certificate, { CertificateSerial: 'xyz' })).rejects.toMatchObject(refusal('ValidationException'));
    await expect(revoke(arn, certificate, { CertificateSerial: '00' })).rejects.toMatchObject(refusal('ResourceNotFoundException'));
    await revoke(arn, certificate);
    await expect(revoke(arn, certificate)).rejects.toMatchObject(refusal('RequestAlreadyProcessedException'));
  });

  documented(reference('RevokeCertificate'), 'is never one of a root’s own certificate', async () => {
    const arn = await world.root();
    const { chain } = await world.fetch(arn, await world.order(arn));
    await expect(revoke(arn, new X509Certificate(chain))).rejects.toMatchObject(refusal('InvalidRequestException'));
  });
});

describe('A revocation list', () => {
  documented(guide('CRL structure'), 'is signed by its authority, numbered, and valid for as long as configured', async () => {
    const Bucket = await makeBucket('lists-2');
    const arn = await world.root(listIn(Bucket));
    const list = await readList(Bucket, arn);
    expect((list.nextUpdate?.getTime() ?? 0) - list.thisUpdate.getTime()).toBe(10 * dayMs);
    const { chain } = await world.fetch(arn, await world.order(arn));
    expect(await list.verify({ publicKey: new x509.X509Certificate(chain).publicKey })).toBe(true);
    expect(list.getExtension('2.5.29.20')).not.toBeNull();
  });

  documented(guide('Updating your private CA'), 'is made anew when half of its time is over', async () => {
    const Bucket = await makeBucket('lists-3');
    const arn = await world.root(listIn(Bucket));
    const first = await readList(Bucket, arn);
    world.clock.advance(5 * dayMs);
    const second = await readList(Bucket, arn);
    expect(second.thisUpdate.getTime() - first.thisUpdate.getTime()).toBe(5 * dayMs);
  });

  documented(
    reference('CrlConfiguration'),
    'is named in certificates, by the bucket or by a name of its own, unless that is not wanted',
    async () => {
      const Bucket = await makeBucket('lists-4');
      const arn = await world.root(listIn(Bucket));
      const pointIn = async () => Buffer.from((await world.issue(arn)).raw).toString('latin1');
      const configure = (more: Partial<CrlConfiguration>) =>
        world.client.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: arn, ...listIn(Bucket, more) }));
      expect(await pointIn()).toContain(`http://${Bucket}.s3.us-east-1.amazonaws.com/crl/`);
      await configure({ CustomCname: 'lists.example' });
      expect(await pointIn()).toContain('http://lists.example/crl/');
      await configure({ CrlDistributionPointExtensionConfiguration: { OmitExtension: true } });
      expect(await pointIn()).not.toContain('/crl/');
    },
  );

  assumed(
    'private-ca.bucket-refusal',
    'needs a bucket that lets AWS Private CA write, and is not public where the bucket blocks that',
    async () => {
      await s3.send(new CreateBucketCommand({ Bucket: 'lists-5' }));
      await expect(world.make(listIn('lists-5'))).rejects.toMatchObject(refusal('ValidationException'));
      await expect(world.make(listIn('lists-absent'))).rejects.toMatchObject(refusal('ValidationException'));
      await s3.send(new PutBucketPolicyCommand({ Bucket: 'lists-5', Policy: bucketPolicy('lists-5') }));
      await expect(world.make(listIn('lists-5', { S3ObjectAcl: 'PUBLIC_READ' }))).rejects.toMatchObject(refusal('ValidationException'));
      expect(await world.make(listIn('lists-5'))).toContain('certificate-authority/');
    },
  );
});
