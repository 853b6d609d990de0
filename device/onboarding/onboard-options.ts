import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';
import { keyKinds } from '../../domain/prover.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { approachNames } from '../../approaches/index.ts';
import { deviceOptions, duration, parseOptions } from '../option-kinds.ts';

const schema = z.object({
  serial: serialNumber,
  approach: z._default(z.enum(approachNames), 'pki'),
  ...deviceOptions,
  claim: z.optional(z.string()),
  claimCertificate: z.optional(z.string()),
  claimKey: z.optional(z.string()),
  line: z.optional(lineName),
  template: z.optional(z.string()),
  clientIdPrefix: z.optional(z.string()),
  enrollmentCode: z.optional(z.string()),
  deviceSecretFile: z.optional(z.string()),
  vendorCertificate: z.optional(z.string()),
  vendorKey: z.optional(z.string()),
  key: z.enum(keyKinds),
  approvalWait: z.optional(duration),
  verify: z.boolean(),
  deleteClaim: z.boolean(),
  json: z.boolean(),
});

export type OnboardOptions = z.infer<typeof schema>;

/**
 * Checks the options of `muster-device onboard` for a device that comes in by claim.
 * @throws BadSetupError naming each that is not usable.
 */
export const parseOnboardOptions = (options: unknown): OnboardOptions => parseOptions(schema, options);
