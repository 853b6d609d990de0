import { CreatePolicyCommand, DescribeCertificateCommand, ListAttachedPoliciesCommand, ListCertificatesCommand } from '@aws-sdk/client-iot';
import { makeCsr, provePki } from '../../../approaches/pki/prove.ts';
import { createIotClaimCertificates } from '../../../aws/iot/claim-certificates.ts';
import type { ClaimCertificates, IssuedClaimCertificate } from '../../../domain/ports.ts';
import { fresh, policyDocument, startControlPlane, type TestControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

let subject: TestControlPlane;
let certificates: ClaimCertificates;
beforeAll(async () => {
  subject = await startControlPlane();
  certificates = createIotClaimCertificates(subject.iot);
});
afterAll(() => subject.stop());

const createPolicy = async (): Promise<string> => {
  const policyName = fresh('claim');
  await subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
  return policyName;
};

const issue = async (): Promise<IssuedClaimCertificate> => certificates.issue(await makeCsr('batch-7', await provePki.makeKey('ec-p256')));

const statusOf = async ({ certificateId }: IssuedClaimCertificate) =>
  (await subject.iot.send(new DescribeCertificateCommand({ certificateId }))).certificateDescription?.status;

const policiesOf = async ({ arn }: IssuedClaimCertificate) =>
  ((await subject.iot.send(new ListAttachedPoliciesCommand({ target: arn }))).policies ?? []).map(({ policyName }) => policyName);

describe("A claim's certificate at AWS IoT", () => {
  test('opens nothing until it is activated, and nothing when it is deactivated', async () => {
    const certificate = await issue();
    expect(await statusOf(certificate)).toBe('INACTIVE');
    await certificates.setActive(certificate.certificateId, true);
    expect(await statusOf(certificate)).toBe('ACTIVE');
    await certificates.setActive(certificate.certificateId, false);
    expect(await statusOf(certificate)).toBe('INACTIVE');
  });

  test('knows which policies there are', async () => {
    expect(await certificates.hasPolicy(await createPolicy())).toBe(true);
    expect(await certificates.hasPolicy('nobody-made-it')).toBe(false);
  });

  test('carries the policy that is attached to it', async () => {
    const policy = await createPolicy();
    const certificate = await issue();
    await certificates.attachPolicy(certificate, policy);
    expect(await policiesOf(certificate)).toEqual([policy]);
  });

  test('is discarded whole, active and attached as it may be, and again', async () => {
    const policy = await createPolicy();
    const certificate = await issue();
    await certificates.attachPolicy(certificate, policy);
    await certificates.setActive(certificate.certificateId, true);
    await certificates.discard(certificate, policy);
    await certificates.discard(certificate, policy);
    const { certificates: left = [] } = await subject.iot.send(new ListCertificatesCommand({}));
    expect(left.map(({ certificateId }) => certificateId)).not.toContain(certificate.certificateId);
  });

  test('is found again by its id, until it is gone', async () => {
    const policy = await createPolicy();
    const certificate = await issue();
    expect(await certificates.find(certificate.certificateId)).toEqual(certificate);
    await certificates.discard(certificate, policy);
    expect(await certificates.find(certificate.certificateId)).toBeUndefined();
  });

  test('counts as deactivated when it is gone, and cannot be activated then', async () => {
    const policy = await createPolicy();
    const certificate = await issue();
    await certificates.discard(certificate, policy);
    await certificates.setActive(certificate.certificateId, false);
    await expect(certificates.setActive(certificate.certificateId, true)).rejects.toThrow();
  });

  test('is for the data endpoint whose server the Amazon roots vouch for', async () => {
    expect(await certificates.dataEndpoint()).toMatch(/-ats\.iot\..+\.amazonaws\.com$/);
  });
});
