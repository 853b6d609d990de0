import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import {
  ACMPCAClient,
  DescribeCertificateAuthorityCommand,
  GetCertificateAuthorityCertificateCommand,
  ListCertificateAuthoritiesCommand,
} from '@aws-sdk/client-acm-pca';
import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { X509Crl } from '@peculiar/x509';
import { openAuditTrail } from '../../demo/audit-trail.ts';
import { eventually } from '../../demo/eventually.ts';
import { enroll } from '../../demo/fleet.ts';
import type { RunningClock } from '../../local/running-clock.ts';
import { ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { ClaimConnection, type ClaimCredential } from './drivers/claim-connection.ts';
import { type Device, bringIn } from './drivers/devices.ts';
import { type OwnFleet, deployOwnFleet } from './drivers/own-fleet.ts';
import { aUser } from './drivers/principals.ts';
import { runProgram } from './drivers/program.ts';
import { type Stage, aClaim, lineOf } from './drivers/stage.ts';

const configuration = {
  lines: [
    { name: 'sensor', attestation: 'serial-only', accept: 'serial-only', certificate: { validityDays: 30 } },
    { name: 'gateway', attestation: 'serial-only', accept: 'serial-only' },
  ],
  certificateAuthority: { organization: 'Acme' },
  accountWide: { certificateProvider: 'manage' },
};
const DAY_MS = 86_400_000;
/** A new provider is asked two minutes after it was made. */
const PROVIDER_DELAY_MS = 120_000;

let clock: RunningClock;
let fleet: OwnFleet;
let stage: Stage;
let pca: ACMPCAClient;
let claim: ClaimCredential;

beforeAll(async () => {
  fleet = await deployOwnFleet({ configuration: () => configuration, iotSettings: { requestRates: 'off' } });
  ({ stage, clock } = fleet);
  pca = new ACMPCAClient();
}, 300_000);

afterAll(async () => {
  pca.destroy();
  await fleet.stop();
});

/** The authority that issues, and what vouches for it. */
const authority = async () => {
  const { CertificateAuthorities = [] } = await pca.send(new ListCertificateAuthoritiesCommand({}));
  const { Arn } = CertificateAuthorities.find(({ Type }) => Type === 'SUBORDINATE') ?? {};
  const { Certificate = '', CertificateChain = '' } = await pca.send(
    new GetCertificateAuthorityCertificateCommand({ CertificateAuthorityArn: Arn }),
  );
  return { arn: Arn ?? '', issuing: new X509Certificate(Certificate), root: new X509Certificate(CertificateChain) };
};

const answerTo = async (name: string) => {
  const connection = await ClaimConnection.open(stage.shared, claim);
  const csr = requestPem({ keys: ecKeys(), commonName: name });
  const answer = await connection.requestCertificate(JSON.stringify({ certificateSigningRequest: csr }));
  await connection.close();
  return answer;
};

const decommission = async (scope: string, serial: string): Promise<number | null> => {
  const { environment } = await aUser({ shared: stage.shared, configuration: stage.fleet.operator.configuration }, scope);
  const parameters = ['devices', 'decommission', serial, '--reason', 'scrapped', '--yes'];
  return (await runProgram({ script: 'cli/main.ts', parameters, environment, directory: fleet.folder })).code;
};

const listOf = async (arn: string): Promise<readonly string[]> => {
  const { CertificateAuthority } = await pca.send(new DescribeCertificateAuthorityCommand({ CertificateAuthorityArn: arn }));
  const Bucket = CertificateAuthority?.RevocationConfiguration?.CrlConfiguration?.S3BucketName;
  const s3 = new S3Client({ forcePathStyle: true });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `crl/${arn.split('/').at(-1) ?? ''}.crl` }));
  const list = new X509Crl(Uint8Array.from((await Body?.transformToByteArray()) ?? []));
  s3.destroy();
  return list.entries.map(({ serialNumber }) => serialNumber.toUpperCase());
};

// The tests go through the first days of an authority, in order.
describe('A fleet with a certificate authority of its own', () => {
  let device: Device;

  test('F24: is signed for by AWS IoT until the provider is asked, minutes after it was deployed', async () => {
    const [early] = await bringIn(stage, 'sensor', [{ serial: 'EARLY' }]);
    expect(new X509Certificate(early?.identity.certificatePem ?? '').issuer).not.toContain('Acme');
    clock.advance(PROVIDER_DELAY_MS);
  }, 60_000);

  test('lets a device in by claim, with a certificate of that authority that is valid as long as its line says', async () => {
    const [found] = await bringIn(stage, 'sensor', [{ serial: 'SN-1' }]);
    if (found === undefined) throw new Error('It did not come in.');
    device = found;
    const certificate = new X509Certificate(device.identity.certificatePem);
    const { issuing, root } = await authority();
    expect(certificate.checkIssued(issuing) && certificate.verify(issuing.publicKey)).toBe(true);
    expect(issuing.checkIssued(root) && issuing.verify(root.publicKey) && root.checkIssued(root)).toBe(true);
    expect(certificate.subject).toBe('CN=SN-1');
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(Math.abs(Date.parse(certificate.validTo) - clock.now() - 30 * DAY_MS)).toBeLessThan(DAY_MS / 24);
    const { certificateDescription } = await stage.iot.send(new DescribeCertificateCommand({ certificateId: device.certificateId }));
    expect(certificateDescription).toMatchObject({ status: 'ACTIVE', certificateMode: 'SNI_ONLY' });
  }, 60_000);

  test('gives no certificate to who asks for a serial that nobody enrolled', async () => {
    claim = await aClaim(stage, 'sensor', 5);
    for (const name of ['SN-2', 'sn-1', '']) expect(await answerTo(name)).toMatchObject({ result: 'rejected' });
  });

  test('gives none for the serial of another line, and says in the audit log why', async () => {
    await enroll(stage.fleet, lineOf('gateway'), [{ serial: 'GW-1' }]);
    expect(await answerTo('GW-1')).toMatchObject({ result: 'rejected' });
    const event = await eventually('the refusal', async () =>
      (await (await openAuditTrail('muster')).events()).find(({ code }) => code === 'certificate.refused'),
    );
    expect(event).toMatchObject({ reason: 'unknown-serial', line: 'sensor' });
  });

  test('takes back what a decommissioned device had: it stands in the list of the authority', async () => {
    const { serialNumber } = new X509Certificate(device.identity.certificatePem);
    // It takes two people.
    expect([await decommission('operator', 'SN-1'), await decommission('security', 'SN-1')]).toEqual([3, 0]);
    const { arn } = await authority();
    // About half an hour after it was revoked.
    const list = await eventually('the revocation list', async () => {
      clock.advance(60_000);
      const found = await listOf(arn);
      return found.includes(serialNumber) ? found : undefined;
    });
    expect(list).toEqual([serialNumber]);
  }, 60_000);
});
