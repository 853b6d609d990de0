import * as z from 'zod/mini';
import { deviceAlgorithms } from './algorithm.ts';
import { headerWith, timeClaim } from './claims.ts';
import { readJws, type UnverifiedJws } from './jws.ts';

const MAX_LENGTH = 4096;

const text = z.string().check(z.maxLength(MAX_LENGTH));
const offer = z.object({ publicKey: text, proof: text });
const header = headerWith(deviceAlgorithms);
// A token that opens a connection has an audience, and says none of the first two.
const claims = z.object({ rotation: z.string(), sub: z.string(), iat: timeClaim, aud: z.optional(z.undefined()) });

/** A public key in PEM, and a proof that whoever sends it holds the other half, as far as anybody can read it. */
export const readRenewalOffer = (offered: unknown): { readonly pem: string; readonly jws: UnverifiedJws } | undefined => {
  const { publicKey: pem, proof } = z.safeParse(offer, offered).data ?? {};
  const jws = proof === undefined ? undefined : readJws(proof);
  return pem === undefined || jws === undefined ? undefined : { pem, jws };
};

/** What such a proof is for, and how it is signed; `undefined` where its form is not that of one. */
export const readRenewalProof = ({ header: head, claims: said, text: signed }: UnverifiedJws) => {
  const [read, about] = [z.safeParse(header, head).data, z.safeParse(claims, said).data];
  return read && about && { text: signed, header: read, claims: about };
};
