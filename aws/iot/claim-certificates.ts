import {
  AttachPolicyCommand,
  CreateCertificateFromCsrCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  DescribeEndpointCommand,
  DetachPolicyCommand,
  GetPolicyCommand,
  type IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { certificateId } from '../../domain/identifiers.ts';
import type { ClaimCertificates } from '../../domain/ports.ts';
import { unlessGone } from './unless-gone.ts';

const issued = z.object({ certificateId, certificateArn: z.string(), certificatePem: z.string() });

/** The certificates of claims, by the control plane of AWS IoT. */
export const createIotClaimCertificates = (client: IoTClient): ClaimCertificates => ({
  async issue(csrPem) {
    const answer = await client.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: csrPem, setAsActive: false }));
    const { certificateId: id, certificateArn, certificatePem } = z.parse(issued, answer);
    return { certificateId: id, arn: certificateArn, certificatePem };
  },
  async find(id) {
    const answer = await unlessGone(client.send(new DescribeCertificateCommand({ certificateId: id })));
    if (answer === undefined) return undefined;
    const { certificateArn, certificatePem } = z.parse(issued, answer.certificateDescription);
    return { certificateId: id, arn: certificateArn, certificatePem };
  },
  async hasPolicy(policyName) {
    return (await unlessGone(client.send(new GetPolicyCommand({ policyName })))) !== undefined;
  },
  async attachPolicy({ arn }, policyName) {
    await client.send(new AttachPolicyCommand({ policyName, target: arn }));
  },
  async setActive(id, isActive) {
    const update = client.send(new UpdateCertificateCommand({ certificateId: id, newStatus: isActive ? 'ACTIVE' : 'INACTIVE' }));
    await (isActive ? update : unlessGone(update));
  },
  async discard({ certificateId: id, arn }, policyName) {
    await unlessGone(client.send(new UpdateCertificateCommand({ certificateId: id, newStatus: 'INACTIVE' })));
    await unlessGone(client.send(new DetachPolicyCommand({ policyName, target: arn })));
    await unlessGone(client.send(new DeleteCertificateCommand({ certificateId: id })));
  },
  async dataEndpoint() {
    const { endpointAddress } = await client.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
    return z.parse(z.string(), endpointAddress);
  },
});
