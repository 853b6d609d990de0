import type { CreateKeysAndCertificateRequest, CreateKeysAndCertificateResponse } from '@aws-sdk/client-iot';
import { addCertificate } from '../../registry/certificate-store.ts';
import { generateServiceKeyPair } from '../../registry/service-keys.ts';
import type { IotOperation } from '../operation.ts';

/** Makes a key pair and its certificate. This is the only time that the private key is given out. */
export const createKeysAndCertificate: IotOperation<CreateKeysAndCertificateRequest, CreateKeysAndCertificateResponse> = async (
  services,
  input,
) => {
  const keys = await generateServiceKeyPair();
  const issued = services.authority.issueForKey(keys.publicKeyInfo);
  const status = input.setAsActive === true ? 'ACTIVE' : 'INACTIVE';
  const { certificateId, certificatePem } = addCertificate(services.registry, issued, { status, mode: 'DEFAULT' });
  return {
    certificateArn: services.registry.arn('cert', certificateId),
    certificateId,
    certificatePem,
    keyPair: { PublicKey: keys.publicKeyPem, PrivateKey: keys.privateKeyPem },
  };
};
