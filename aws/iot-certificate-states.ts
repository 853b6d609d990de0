import { type CertificateStatus, DescribeCertificateCommand, IoTClient, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import type { CertificateStates } from '../domain/device-ports.ts';
import { unlessGone } from './unless-gone.ts';

/** How certificates stand, by the control plane of AWS IoT. */
export const createIotCertificateStates = (client = new IoTClient()): CertificateStates => {
  const statusOf: CertificateStates['statusOf'] = async (certificateId) => {
    const described = await unlessGone(client.send(new DescribeCertificateCommand({ certificateId })));
    return described?.certificateDescription?.status ?? 'GONE';
  };
  const update = async (certificateId: string, newStatus: CertificateStatus): Promise<void> => {
    await unlessGone(client.send(new UpdateCertificateCommand({ certificateId, newStatus })));
  };
  return {
    statusOf,
    revoke: (certificateId) => update(certificateId, 'REVOKED'),
    deactivate: async (certificateId) => {
      if ((await statusOf(certificateId)) === 'ACTIVE') await update(certificateId, 'INACTIVE');
    },
    reactivate: async (certificateId) => {
      if ((await statusOf(certificateId)) === 'INACTIVE') await update(certificateId, 'ACTIVE');
    },
  };
};
