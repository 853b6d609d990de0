import { CreateCertificateFromCsrCommand, type IoTClient } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { certificateId } from '../../domain/identifiers.ts';
import type { CertificateIssuing } from '../../domain/rotation/rotation-ports.ts';

const issued = z.object({ certificateId, certificateArn: z.string(), certificatePem: z.string() });

/** Has AWS IoT sign, or whoever signs for it in this account. It makes another certificate each time. */
export const createIotCertificateIssuing = (client: IoTClient): CertificateIssuing => ({
  async issue({ csrPem }) {
    const answer = await client.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: csrPem, setAsActive: false }));
    const { certificateArn: arn, ...made } = z.parse(issued, answer);
    return { ...made, arn };
  },
});
