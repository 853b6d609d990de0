import { DescribeCertificateCommand, IoTClient, ResourceNotFoundException, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import type { CertificateStates } from '../domain/device-ports.ts';

/** How certificates stand, by the control plane of AWS IoT. */
export const createIotCertificateStates = (client = new IoTClient()): CertificateStates => ({
  async statusOf(certificateId) {
    const described = await unlessGone(client.send(new DescribeCertificateCommand({ certificateId })));
    return described?.certificateDescription?.status ?? 'GONE';
  },
  async revoke(certificateId) {
    await unlessGone(client.send(new UpdateCertificateCommand({ certificateId, newStatus: 'REVOKED' })));
  },
});

const unlessGone = async <Answer>(request: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};
