import 'reflect-metadata';
import { CreateCertificateFromCsrCommand } from '@aws-sdk/client-iot';
import { DeleteCertificateAuthorityCommand, UpdateCertificateAuthorityCommand } from '@aws-sdk/client-acm-pca';
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import * as x509 from '@peculiar/x509';
import * as z from 'zod/mini';
import { createIotCertificateRetirement } from '../../../aws/iot/certificate-retirement.ts';
import { createIotCertificateStates } from '../../../aws/iot/certificate-states.ts';
import { createPrivateCaRevocation, openCertificateRevocation } from '../../../aws/private-ca/revocation.ts';
import { certificateId, thingName } from '../../../domain/identifiers.ts';
import { signedFor } from '../../fakes/certificate-signing.ts';
import { PrivateCaWorld } from '../../conformance/private-ca-world.ts';
import { requestPem } from '../../local/iot/certificate-requests.ts';
import { type TestControlPlane, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

const HALF_AN_HOUR_MS = 30 * 60_000;
const Bucket = 'lists';

let world: PrivateCaWorld;
let plane: TestControlPlane;
let s3: S3Client;
let arn: string;
beforeAll(async () => {
  [world, plane] = await Promise.all([PrivateCaWorld.start(), startControlPlane()]);
  const { endpoint, credentials } = world.local;
  s3 = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Action = ['s3:PutObject', 's3:PutObjectAcl', 's3:GetBucketAcl', 's3:GetBucketLocation'];
  const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
  const Statement = [{ Effect: 'Allow', Principal: { Service: 'acm-pca.amazonaws.com' }, Action, Resource }];
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  const list = { Enabled: true, ExpirationInDays: 7, S3BucketName: Bucket, S3ObjectAcl: 'BUCKET_OWNER_FULL_CONTROL' as const };
  arn = await world.root({ RevocationConfiguration: { CrlConfiguration: list } });
});
afterAll(async () => {
  s3.destroy();
  await Promise.all([world.stop(), plane.stop()]);
});

const listed = async (): Promise<readonly string[]> => {
  world.clock.advance(HALF_AN_HOUR_MS);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `crl/${arn.split('/').at(-1) ?? ''}.crl` }));
  const list = new x509.X509Crl(Uint8Array.from((await Body?.transformToByteArray()) ?? []));
  return list.entries.map(({ serialNumber }) => serialNumber.toUpperCase());
};

describe('The own authority', () => {
  test('takes a certificate back: it stands in its list, however often it is asked', async () => {
    const certificate = await world.issue(arn);
    const revocation = createPrivateCaRevocation(world.client, arn);
    for (const pem of [certificate, certificate]) await revocation.revoke(pem.toString());
    expect(await listed()).toContain(certificate.serialNumber);
  });

  test('leaves alone what somebody else issued', async () => {
    const before = await listed();
    await createPrivateCaRevocation(world.client, arn).revoke(signedFor(requestPem()));
    expect(await listed()).toEqual(before);
  });

  test('holds up nothing once it is deleted', async () => {
    const deleted = await world.root();
    const certificate = await world.issue(deleted);
    await world.client.send(new UpdateCertificateAuthorityCommand({ CertificateAuthorityArn: deleted, Status: 'DISABLED' }));
    await world.client.send(new DeleteCertificateAuthorityCommand({ CertificateAuthorityArn: deleted }));
    await expect(createPrivateCaRevocation(world.client, deleted).revoke(certificate.toString())).resolves.toBeUndefined();
  });

  test.each([[undefined], ['']])('is none where nobody named one: %j', (named) => {
    expect(openCertificateRevocation(named)).toBeUndefined();
  });
});

describe('A certificate that is taken out of use at AWS IoT', () => {
  const aCertificate = async () => {
    const created = await plane.iot.send(
      new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem(), setAsActive: true }),
    );
    return { id: z.parse(certificateId, created.certificateId), pem: created.certificatePem };
  };

  test('is taken back at the own authority as well: retired once, revoked as often as that is repeated', async () => {
    const taken: string[] = [];
    const revocation = { revoke: (pem: string) => Promise.resolve(void taken.push(pem)) };
    const retirement = createIotCertificateRetirement(plane.iot, revocation);
    const [retired, revoked] = [await aCertificate(), await aCertificate()];
    for (const id of [retired.id, retired.id]) await retirement.retire(id, z.parse(thingName, 'a-thing'));
    await createIotCertificateStates(plane.iot, revocation).revoke(revoked.id);
    expect(taken).toEqual([retired.pem, revoked.pem]);
  });

  test('is out of use though the authority does not answer, and is not deleted before it did', async () => {
    const { id } = await aCertificate();
    const broken = { revoke: () => Promise.reject(new Error('It is throttled.')) };
    await expect(createIotCertificateRetirement(plane.iot, broken).retire(id, z.parse(thingName, 'a-thing'))).rejects.toThrow('throttled');
    expect(await createIotCertificateStates(plane.iot).statusOf(id)).toBe('INACTIVE');
  });
});
