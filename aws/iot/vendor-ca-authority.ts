import {
  CertificateValidationException,
  DeleteCACertificateCommand,
  DescribeCACertificateCommand,
  InvalidRequestException,
  type IoTClient,
  LimitExceededException,
  ListTagsForResourceCommand,
  RegisterCACertificateCommand,
  RegistrationCodeValidationException,
  ResourceAlreadyExistsException,
  UpdateCACertificateCommand,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { vendorCaId } from '../../domain/identifiers.ts';
import type { VendorCaAuthority, VendorCaRegistration, VendorCaRequest } from '../../domain/vendor-ca.ts';
import { unlessGone } from './unless-gone.ts';

/** Says whose a registered CA is: the account is shared with others. */
const TAG = 'muster:deployment';

/** Vendor CAs by the control plane of AWS IoT. */
export const createIotVendorCaAuthority = (client: IoTClient, prefix: string): VendorCaAuthority => ({
  async register(request) {
    try {
      const { certificateId } = await client.send(new RegisterCACertificateCommand(inputFor(request, prefix)));
      return { outcome: 'registered', id: z.parse(vendorCaId, certificateId) };
    } catch (error) {
      if (error instanceof ResourceAlreadyExistsException) return ownerOf({ client, prefix }, error);
      const why = whyNot(error);
      if (why === undefined) throw error;
      return { outcome: 'invalid', why };
    }
  },
  async setTrusted(id, isTrusted) {
    await client.send(
      new UpdateCACertificateCommand({
        certificateId: id,
        newStatus: isTrusted ? 'ACTIVE' : 'INACTIVE',
        newAutoRegistrationStatus: isTrusted ? 'ENABLE' : 'DISABLE',
      }),
    );
  },
  async remove(id) {
    await unlessGone(client.send(new UpdateCACertificateCommand({ certificateId: id, newStatus: 'INACTIVE' })));
    await unlessGone(client.send(new DeleteCACertificateCommand({ certificateId: id })));
  },
});

// Inactive and silent until it is on record what it may do.
const inputFor = ({ certificatePem, verificationPem }: VendorCaRequest, prefix: string) => ({
  caCertificate: certificatePem,
  setAsActive: false,
  allowAutoRegistration: false,
  tags: [{ Key: TAG, Value: prefix }],
  ...(verificationPem === undefined
    ? { certificateMode: 'SNI_ONLY' as const }
    : { certificateMode: 'DEFAULT' as const, verificationCertificate: verificationPem }),
});

// DG:manage-your-CA-certs and the quotas of AWS IoT; the message of the service says which it is.
const whyNot = (error: unknown): string | undefined => {
  const isRefusal =
    error instanceof CertificateValidationException ||
    error instanceof RegistrationCodeValidationException ||
    error instanceof InvalidRequestException ||
    error instanceof LimitExceededException;
  return isRefusal ? error.message : undefined;
};

interface Owner {
  readonly client: IoTClient;
  readonly prefix: string;
}

// Whoever had one registered that provisions by a template of its own (JITP) asks nobody: that CA must not become a line's.
const ownerOf = async (
  { client, prefix }: Owner,
  { resourceId, resourceArn }: ResourceAlreadyExistsException,
): Promise<VendorCaRegistration> => {
  const id = z.parse(vendorCaId, resourceId);
  const { registrationConfig } = await client.send(new DescribeCACertificateCommand({ certificateId: id }));
  const { tags = [] } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
  const isOurs = tags.some(({ Key, Value }) => Key === TAG && Value === prefix) && registrationConfig === undefined;
  return isOurs
    ? { outcome: 'ours', id }
    : { outcome: 'foreign', why: `AWS IoT has this CA already, as ${id}, and not of this deployment.` };
};
