import * as z from 'zod/mini';
import { serialNumber } from '../domain/serial-number.ts';
import { deviceOptions, duration, parseOptions } from './option-kinds.ts';
import { DAY_MS } from '../domain/duration.ts';

const notWithCredential = z.undefined('is for devices that come in by claim, not with --credential-file');

/** What every command takes that connects with a credential file. */
const connection = {
  credentialFile: z.string('expected the file that this device proves itself with'),
  serial: z.optional(serialNumber),
  /** The file says it; when given, it must say the same. */
  approach: z.optional(z.string()),
  ...deviceOptions,
};

const onboardSchema = z.object({
  ...connection,
  verify: z.boolean(),
  claim: z.optional(notWithCredential),
  claimCertificate: z.optional(notWithCredential),
  claimKey: z.optional(notWithCredential),
  line: z.optional(notWithCredential),
  template: z.optional(notWithCredential),
  clientIdPrefix: z.optional(notWithCredential),
  enrollmentCode: z.optional(notWithCredential),
  deviceSecretFile: z.optional(notWithCredential),
  vendorCertificate: z.optional(notWithCredential),
  vendorKey: z.optional(notWithCredential),
  approvalWait: z.optional(notWithCredential),
});

const keptFor = duration.check(z.refine((ms) => ms >= 1_000 && ms <= 7 * DAY_MS, 'expected 1s to 7d'));

const staySchema = z.object({
  ...connection,
  subscribe: z.array(z.string().check(z.minLength(1))),
  keepSession: keptFor,
  rotate: z._default(z.boolean(), false),
});

export type ConnectionOptions = Omit<z.infer<typeof staySchema>, 'subscribe' | 'keepSession' | 'rotate'>;
export type StayOptions = z.infer<typeof staySchema>;

/** Checks the options of `muster-device onboard` for a device that has a credential file. @throws BadSetupError */
export const parseConnectionOnboardOptions = (options: unknown): ConnectionOptions & { readonly verify: boolean } =>
  parseOptions(onboardSchema, options);

/** Checks the options of `muster-device stay`. @throws BadSetupError */
export const parseStayOptions = (options: unknown): StayOptions => parseOptions(staySchema, options);
