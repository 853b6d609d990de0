import * as z from 'zod/mini';
import { certificateId } from '../../domain/identifiers.ts';
import { MAX_EVIDENCE_LENGTH } from '../../domain/admission/provisioning-contract.ts';
import { serialNumber } from '../../domain/serial-number.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** What the device wrote. Any other name is refused, so that nothing of a template can be set from outside. */
const parameters = z.strictObject({
  SerialNumber: serialNumber,
  Evidence: z.exactOptional(z.string().check(z.maxLength(MAX_EVIDENCE_LENGTH), z.refine(isJson))),
});

/** What AWS IoT wrote (DG:pre-provisioning-hook) around it; a key that AWS adds one day is not read. */
const hookRequest = z.object({
  claimCertificateId: certificateId,
  certificateId,
  certificatePem: z.string().check(z.minLength(1), z.maxLength(65_536)),
  templateArn: z.string(),
  // AWS IoT allows 128 bytes in a client id.
  clientId: z.string().check(z.minLength(1), z.maxLength(128)),
  parameters,
});

export type HookRequest = z.infer<typeof hookRequest>;

/** Reads a hook's event, or returns `undefined` for anything that is none. */
export const readRequest = (event: unknown): HookRequest | undefined => z.safeParse(hookRequest, event).data;

// `catch` gives what cannot be read the value `undefined` and keeps the rest.
const fragments = z.catch(
  z.object({
    claimCertificateId: z.catch(z.optional(certificateId), undefined),
    certificateId: z.catch(z.optional(certificateId), undefined),
    templateArn: z.catch(z.optional(z.string()), undefined),
    clientId: z.catch(z.optional(hookRequest.shape.clientId), undefined),
    parameters: z.catch(z.optional(z.object({ SerialNumber: serialNumber })), undefined),
  }),
  {},
);

/** Reads what can be told of an event that may be no request at all: for the record of its refusal, not to be acted on. */
export const readFragments = (event: unknown) => z.parse(fragments, event);
