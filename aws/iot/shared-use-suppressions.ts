import {
  CreateAuditSuppressionCommand,
  DeleteAuditSuppressionCommand,
  InvalidRequestException,
  type IoTClient,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-iot';
import { SHARED_USE_CHECK as checkName } from '../../domain/defender/audited-checks.ts';
import type { SharedUseSuppressions } from '../../domain/defender/defender-ports.ts';

/** Suppressions of audit findings, by the control plane of AWS IoT. */
export const createIotSharedUseSuppressions = (client: IoTClient): SharedUseSuppressions => ({
  async suppress(deviceCertificateId, untilMs, description) {
    const expirationDate = new Date(untilMs);
    try {
      const resourceIdentifier = { deviceCertificateId };
      // The token makes the same request again the same suppression.
      const clientRequestToken = deviceCertificateId;
      await client.send(
        new CreateAuditSuppressionCommand({ checkName, resourceIdentifier, expirationDate, description, clientRequestToken }),
      );
      return true;
    } catch (error) {
      if (error instanceof ResourceAlreadyExistsException) return true;
      // Somebody has switched the check off: nothing will be found that could be suppressed.
      if (error instanceof InvalidRequestException) return false;
      throw error;
    }
  },
  async lift(deviceCertificateId) {
    await client.send(new DeleteAuditSuppressionCommand({ checkName, resourceIdentifier: { deviceCertificateId } }));
  },
});
