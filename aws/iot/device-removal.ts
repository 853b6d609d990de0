import {
  DeleteConflictException,
  DeleteThingCommand,
  InvalidRequestException,
  IoTClient,
  paginateListThingPrincipals,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { type CertificateId, certificateId } from '../../domain/identifiers.ts';
import type { CertificateRevocation } from '../../domain/issuance/issuance-ports.ts';
import type { DeviceRemoval } from '../../domain/registry-ports.ts';
import { createIotCertificateRetirement } from './certificate-retirement.ts';

/** Takes devices out of AWS IoT, by its control plane. */
export const createIotDeviceRemoval = (client = new IoTClient(), revocation?: CertificateRevocation): DeviceRemoval => {
  const retirement = createIotCertificateRetirement(client, revocation);
  return {
    async certificatesOf(thingName) {
      const found: CertificateId[] = [];
      try {
        for await (const { principals = [] } of paginateListThingPrincipals({ client }, { thingName }))
          found.push(...principals.flatMap(idIn));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
      return found;
    },
    removeCertificate: (certificate, thing) => unlessAttached(retirement.retire(certificate, thing), DeleteConflictException),
    // It leaves its groups with that, and one that is not there is a success (API reference of DeleteThing).
    removeThing: (thingName) => unlessAttached(client.send(new DeleteThingCommand({ thingName })), InvalidRequestException),
  };
};

// Principals that are no certificates are nothing that we ever attached.
const idIn = (principal: string): readonly CertificateId[] => {
  const id = /:cert\/([0-9a-f]+)$/.exec(principal)?.[1];
  return id === undefined ? [] : [z.parse(certificateId, id)];
};

// Detaching takes some seconds to take effect (API reference of DetachThingPrincipal); until then deleting is refused.
const unlessAttached = async (
  removal: Promise<unknown>,
  refusal: typeof DeleteConflictException | typeof InvalidRequestException,
): Promise<'gone' | 'detaching'> => {
  try {
    await removal;
    return 'gone';
  } catch (error) {
    if (error instanceof refusal) return 'detaching';
    throw error;
  }
};
