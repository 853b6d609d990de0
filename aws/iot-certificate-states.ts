import { DescribeCertificateCommand, IoTClient, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import type { CertificateStates } from '../domain/device-ports.ts';
import { unlessGone } from './unless-gone.ts';

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
