import * as z from 'zod';
import { assumed, type BehaviourRows } from './row.ts';

const unlinking = z.enum(['accepted', 'refused']);

/** Certificates, things and the control plane. */
export const registryRows = {
  'certificate.revoked-is-final': assumed(
    z.boolean(),
    true,
    'A revoked certificate stays revoked: UpdateCertificate answers CertificateStateException.',
  ),
  'certificate.registers-inactive': assumed(
    z.boolean(),
    true,
    'RegisterCertificate and RegisterCertificateWithoutCA without a status register the certificate as INACTIVE.',
  ),
  'certificate.expired-is-refused': assumed(
    z.boolean(),
    true,
    'A certificate that has expired cannot be registered: CertificateValidationException. One that is not yet valid can.',
  ),
  'certificate.other-states-log-as': assumed(
    z.enum(['DEVICE_CERTIFICATE_INACTIVE', 'DEVICE_CERTIFICATE_NOT_REGISTERED', 'NOT_AUTHENTICATED']),
    'DEVICE_CERTIFICATE_INACTIVE',
    'A connection with a certificate that is PENDING_ACTIVATION is logged as one with an inactive certificate.',
  ),
  'certificate.keeps-subject': assumed(
    z.boolean(),
    true,
    'A certificate that AWS IoT signs for a request has the subject of the request; else it is CN=AWS IoT Certificate.',
  ),
  'registry.detach-unattached-policy': assumed(
    unlinking,
    'accepted',
    'DetachPolicy of a policy that is not attached succeeds, since it declares no ResourceNotFoundException.',
  ),
  'registry.detach-unattached-principal-policy': assumed(
    unlinking,
    'refused',
    'DetachPrincipalPolicy of a policy that is not attached answers ResourceNotFoundException, which it declares.',
  ),
  'registry.detach-unattached-thing': assumed(
    unlinking,
    'refused',
    'DetachThingPrincipal of a principal that is not attached answers ResourceNotFoundException, which it declares.',
  ),
  'registry.delete-missing-thing-group': assumed(
    unlinking,
    'accepted',
    'DeleteThingGroup of a group that does not exist succeeds, since it declares no ResourceNotFoundException.',
  ),
  'registry.group-limit-refusal': assumed(
    z.enum(['InvalidRequestException', 'LimitExceededException']),
    'InvalidRequestException',
    'AddThingToThingGroup beyond ten groups, or a second time into one hierarchy, answers InvalidRequestException.',
  ),
  'registry.exclusive-thing-refusal': assumed(
    z.enum(['InvalidRequestException', 'ConflictException', 'ResourceAlreadyExistsException']),
    'InvalidRequestException',
    'AttachThingPrincipal against an exclusive attachment answers InvalidRequestException.',
  ),
} as const satisfies BehaviourRows;
