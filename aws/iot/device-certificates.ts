import {
  type CertificateStatus as IotCertificateStatus,
  DescribeCertificateCommand,
  type IoTClient,
  RegisterCertificateWithoutCACommand,
  ResourceAlreadyExistsException,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { certificateId, vendorCaId } from '../../domain/identifiers.ts';
import type { DeviceCertificates } from '../../domain/registry-ports.ts';
import { unlessGone } from './unless-gone.ts';

const statuses = [
  'ACTIVE',
  'INACTIVE',
  'REVOKED',
  'PENDING_ACTIVATION',
  'PENDING_TRANSFER',
  'REGISTER_INACTIVE',
] as const satisfies readonly IotCertificateStatus[];

const description = z.object({
  certificateId,
  certificateArn: z.string(),
  certificatePem: z.string(),
  status: z.enum(statuses),
  caCertificateId: z.optional(vendorCaId),
});

/** Certificates that devices had before they came, by the control plane of AWS IoT. */
export const createIotDeviceCertificates = (client: IoTClient): DeviceCertificates => ({
  async find(id) {
    const answer = await unlessGone(client.send(new DescribeCertificateCommand({ certificateId: id })));
    if (answer === undefined) return undefined;
    const { certificateArn: arn, caCertificateId: ca, ...known } = z.parse(description, answer.certificateDescription);
    return { ...known, arn, ...(ca === undefined ? {} : { vendorCaId: ca }) };
  },
  async register(certificatePem) {
    try {
      await client.send(new RegisterCertificateWithoutCACommand({ certificatePem, status: 'INACTIVE' }));
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    }
  },
  async activate(id) {
    await client.send(new UpdateCertificateCommand({ certificateId: id, newStatus: 'ACTIVE' }));
  },
});
