import * as z from 'zod/mini';
import { certificateId } from '../../domain/identifiers.ts';

/** What AWS IoT asks of a certificate provider (DG:provisioning-cert-provider); a key that AWS adds one day is not read. */
const providerRequest = z.object({
  certificateSigningRequest: z.string().check(z.minLength(1), z.maxLength(65_536)),
  /** The certificate of the connection. */
  principalId: certificateId,
  // AWS IoT allows 128 bytes in a client id.
  clientId: z.string().check(z.minLength(1), z.maxLength(128)),
});

export type ProviderRequest = z.infer<typeof providerRequest>;

/** Reads a provider's event, or returns `undefined` for anything that is none. */
export const readRequest = (event: unknown): ProviderRequest | undefined => z.safeParse(providerRequest, event).data;

// `catch` gives what cannot be read the value `undefined` and keeps the rest.
const fragments = z.catch(
  z.object({
    principalId: z.catch(z.optional(certificateId), undefined),
    clientId: z.catch(z.optional(providerRequest.shape.clientId), undefined),
  }),
  {},
);

/** Reads what can be told of an event that may be no request at all: for the record of its refusal, not to be acted on. */
export const readFragments = (event: unknown) => z.parse(fragments, event);
