import * as z from 'zod/mini';

const offer = z.object({ csr: z.string() });

/** The signing request, in PEM, that a device wants its next certificate for; `undefined` where it sends none. */
export const readRenewalOffer = (offered: unknown): string | undefined => z.safeParse(offer, offered).data?.csr;
