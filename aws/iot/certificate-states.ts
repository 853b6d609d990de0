import { type CertificateStatus, DescribeCertificateCommand, IoTClient, UpdateCertificateCommand } from '@aws-sdk/client-iot';
import type { CertificateStates } from '../../domain/device-ports.ts';
import type { CertificateRevocation } from '../../domain/issuance/issuance-ports.ts';
import { unlessGone } from './unless-gone.ts';

/** How certificates stand, by the control plane of AWS IoT; one that is revoked is taken back at the own authority, too, where there is one. */
export const createIotCertificateStates = (client = new IoTClient(), revocation?: CertificateRevocation): CertificateStates => {
  const statusOf: CertificateStates['statusOf'] = async (certificateId) => {
    const described = await unlessGone(client.send(new DescribeCertificateCommand({ certificateId })));
    return described?.certificateDescription?.status ?? 'GONE';
  };
  const update = async (certificateId: string, newStatus: CertificateStatus): Promise<void> => {
    await unlessGone(client.send(new UpdateCertificateCommand({ certificateId, newStatus })));
  };
  return {
    statusOf,
    revoke: async (certificateId) => {
      await update(certificateId, 'REVOKED');
      if (revocation === undefined) return;
      const described = await unlessGone(client.send(new DescribeCertificateCommand({ certificateId })));
      const certificatePem = described?.certificateDescription?.certificatePem;
      if (certificatePem !== undefined) await revocation.revoke(certificatePem);
    },
    deactivate: async (certificateId) => {
      if ((await statusOf(certificateId)) === 'ACTIVE') await update(certificateId, 'INACTIVE');
    },
    reactivate: async (certificateId) => {
      if ((await statusOf(certificateId)) === 'INACTIVE') await update(certificateId, 'ACTIVE');
    },
  };
};
