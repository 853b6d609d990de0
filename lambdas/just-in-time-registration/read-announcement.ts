import * as z from 'zod/mini';
import { certificateId, vendorCaId } from '../../domain/identifiers.ts';
import { parseJson } from '../../domain/parse-json.ts';

/** What AWS IoT says when a certificate registers itself, as the rule selects it (DG:auto-register-device-cert). */
const announcement = z.object({ certificateId, caCertificateId: vendorCaId });

export type ReadAnnouncement = z.infer<typeof announcement>;

/** Reads a message, or returns `undefined` for anything that is none. */
export const readAnnouncement = (body: string): ReadAnnouncement | undefined => z.safeParse(announcement, parseJson(body)).data;
