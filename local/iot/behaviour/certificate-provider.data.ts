import * as z from 'zod';
import { assumed, type BehaviourRows, seen } from './row.ts';

/** Certificates that a function of the account signs. */
export const certificateProviderRows = {
  'certificate-provider.effective-after-ms': seen(
    z.int().min(0),
    120_000,
    'A new certificate provider is asked two minutes after it was made; until then AWS IoT signs. The developer guide says that it may take a few minutes.',
  ),
  'certificate-provider.second-refusal': assumed(
    z.enum(['LimitExceededException', 'ResourceAlreadyExistsException']),
    'LimitExceededException',
    'A second certificate provider of an account answers LimitExceededException, which CreateCertificateProvider declares.',
  ),
  'certificate-provider.certificate-mode': assumed(
    z.enum(['DEFAULT', 'SNI_ONLY']),
    'SNI_ONLY',
    'A certificate that a provider signed is registered like one without a CA: its device has to send SNI.',
  ),
} as const satisfies BehaviourRows;
