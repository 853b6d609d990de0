import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { certificateId, claimName, keyDigest, lineName, tenantName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const aLine = (name = 'sensor') => z.parse(lineName, name);
export const aTenant = (name = 'acme') => z.parse(tenantName, name);
export const aClaimName = (name = 'batch-1') => z.parse(claimName, name);
export const aSerial = (serial = 'SN-1') => z.parse(serialNumber, serial);
/** The same name always makes the same id. */
export const aCertificateId = (name: string) => z.parse(certificateId, sha256(`certificate ${name}`));
export const aKey = (name: string) => z.parse(keyDigest, sha256(`key ${name}`));
