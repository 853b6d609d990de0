import * as z from 'zod/mini';
import { type RecipientJwk, recipientJwk } from '../../../domain/sealing.ts';

const offer = z.object({ recipient: recipientJwk });

/** The public key that a device wants its next key sealed to; `undefined` where it says none. */
export const readRenewalOffer = (offered: unknown): RecipientJwk | undefined => z.safeParse(offer, offered).data?.recipient;
