import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

const registrationRefusals = z.enum([
  'CertificateStateException',
  'CertificateValidationException',
  'InvalidRequestException',
  'ResourceAlreadyExistsException',
]);

/** Own certificate authorities, and what happens when their certificates are first seen. */
export const ownCaRows = {
  'ca.registration-needs-validity': assumed(
    z.boolean(),
    true,
    'A CA certificate that is expired or not yet valid cannot be registered: RegisterCACertificate answers CertificateValidationException.',
  ),
  'ca.held-elsewhere-refusal': assumed(
    registrationRefusals,
    'ResourceAlreadyExistsException',
    'A CA that another account of the region registered in mode DEFAULT is refused in that mode with ResourceAlreadyExistsException.',
  ),
  'ca.inactive-refusal': assumed(
    registrationRefusals,
    'CertificateStateException',
    'RegisterCertificate refuses a certificate whose CA is inactive with CertificateStateException.',
  ),
  'ca.lists-unknown-as-empty': assumed(
    z.boolean(),
    true,
    'ListCertificatesByCA answers an empty list for a CA that is not registered, since it declares no ResourceNotFoundException.',
  ),
  'ca.removal-disables-auto-registration': assumed(
    z.boolean(),
    true,
    'UpdateCACertificate with removeAutoRegistration takes the registration configuration away and disables auto registration.',
  ),
  'registration-code.is-missed': assumed(
    z.boolean(),
    true,
    'DeleteRegistrationCode answers ResourceNotFoundException when nobody asked for a code before.',
  ),
} as const satisfies BehaviourRows;
