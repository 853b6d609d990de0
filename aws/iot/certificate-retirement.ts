import {
  type CertificateDescription,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  DetachThingPrincipalCommand,
  IoTClient,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot';
import type { CertificateId, ThingName } from '../../domain/identifiers.ts';
import type { CertificateRevocation } from '../../domain/issuance/issuance-ports.ts';
import type { CertificateRetirement } from '../../domain/ports.ts';
import { unlessGone } from './unless-gone.ts';

/**
 * Takes certificates out of use at AWS IoT, and back at the own authority where there is one: inactive first, so that whatever fails
 * later leaves one that opens nothing.
 */
export const createIotCertificateRetirement = (client = new IoTClient(), revocation?: CertificateRevocation): CertificateRetirement => ({
  async retire(certificate, thing) {
    const { certificateArn: arn, certificatePem } = await describe(client, certificate);
    if (arn === undefined) return;
    await unlessGone(client.send(new UpdateCertificateCommand({ certificateId: certificate, newStatus: 'INACTIVE' })));
    if (certificatePem !== undefined) await revocation?.revoke(certificatePem);
    if (thing !== undefined) await detachThing(client, arn, thing);
    // AWS IoT refuses to delete a certificate that is active or attached to a thing, by force, too, which does away with its policies
    // (API reference of DeleteCertificate). Detaching a thing takes effect some seconds later; until then this is refused, and the
    // caller's next try finishes it.
    await unlessGone(client.send(new DeleteCertificateCommand({ certificateId: certificate, forceDelete: true })));
  },
});

const describe = async (client: IoTClient, certificate: CertificateId): Promise<CertificateDescription> => {
  const described = await unlessGone(client.send(new DescribeCertificateCommand({ certificateId: certificate })));
  return described?.certificateDescription ?? {};
};

const detachThing = async (client: IoTClient, arn: string, thing: ThingName): Promise<void> => {
  await unlessGone(client.send(new DetachThingPrincipalCommand({ thingName: thing, principal: arn })));
};
