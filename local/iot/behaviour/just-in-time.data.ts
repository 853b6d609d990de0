import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

/** Certificates that are registered when devices first show them. */
export const justInTimeRows = {
  'just-in-time.provisioning-delay-ms': assumed(
    z.number().int().min(0).max(60_000),
    2000,
    'Just-in-time provisioning takes two seconds; until then the device is turned away ("a few seconds", say users of the device SDKs).',
  ),
  'just-in-time.provisioning-announces': assumed(
    z.boolean(),
    false,
    'A certificate that a template provisions is not announced on $aws/events/certificates/registered/<caCertificateId>.',
  ),
  'just-in-time.failure-is-retried': assumed(
    z.boolean(),
    false,
    'Provisioning that failed is not tried again when the device comes back: the certificate stays PENDING_ACTIVATION.',
  ),
  'just-in-time.repeated-attribute': assumed(
    z.enum(['first', 'last']),
    'first',
    'Of several values of one subject attribute, the template parameter has the first in the certificate.',
  ),
  'just-in-time.registers-invalid': assumed(
    z.boolean(),
    false,
    'A certificate that is expired or not yet valid is not registered just in time.',
  ),
  'just-in-time.ambiguous-authority': assumed(
    z.enum(['first', 'none']),
    'first',
    'When several registered CAs have the key that signed a certificate, the one that was registered first counts.',
  ),
  'just-in-time.registration-timestamp': assumed(
    z.enum(['milliseconds', 'iso']),
    'milliseconds',
    'The `certificateRegistrationTimestamp` is the text of milliseconds since the epoch.',
  ),
  'just-in-time.message-qos': assumed(z.literal([0, 1]), 1, 'The message about a registered certificate is published at QoS 1.'),
  'just-in-time.log-event-type': assumed(
    z.string().min(1),
    'RegisterDeviceCertificate',
    'Log entries about certificates that are registered just in time have the event type RegisterDeviceCertificate.',
  ),
} as const satisfies BehaviourRows;
