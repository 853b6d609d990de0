import type { Enroller, EnrollmentMistake } from '../../domain/enroller.ts';
import type { LeadingColumn, ReadColumn, Row } from './enroll/column.ts';
import { readDeviceSecret } from './enroll/device-secret.ts';
import { readEnrollmentCode } from './enroll/enrollment-code.ts';
import { readPinnedKey } from './enroll/pinned-key.ts';
import { readVendorCa, VENDOR_CERTIFICATE } from './enroll/vendor-ca.ts';
import { describePkiRequirement } from './evidence/requirement.ts';

const readers = new Map<LeadingColumn, ReadColumn>([
  ['enrollment_code', readEnrollmentCode],
  ['device_secret', readDeviceSecret],
  ['pinned_key', readPinnedKey],
  ['vendor_ca', readVendorCa],
]);

/** Devices with a key: any key at the first time, or with what they have to prove beside it, each in a column of its own. */
export const enrollPki: Enroller = {
  fields: [...readers.keys(), VENDOR_CERTIFICATE],
  requirementOf: async (fields, readFile, device) => {
    const row: Row = { device, readFile, valueOf: (column) => fields[column]?.trim() ?? '' };
    const [given, ...more] = [...readers].filter(([column]) => row.valueOf(column) !== '');
    if (more.length > 0) return tooMany([...readers.keys()].filter((column) => row.valueOf(column) !== ''));
    if (given?.[0] !== 'vendor_ca' && row.valueOf(VENDOR_CERTIFICATE) !== '') return withoutAnchor;
    if (given === undefined) return {};
    const [column, read] = given;
    return read(row.valueOf(column), row);
  },
  describe: describePkiRequirement,
};

const tooMany = (columns: readonly string[]): EnrollmentMistake => ({
  what: columns.join(' and '),
  got: `${columns.length} things to prove`,
  allowed: 'one of them',
  fix: 'keep the strongest that the device can prove, and leave the others empty',
});

const withoutAnchor: EnrollmentMistake = {
  what: VENDOR_CERTIFICATE,
  got: 'a certificate without the CA that vouches for it',
  allowed: 'a certificate beside vendor_ca',
  fix: 'give vendor_ca, or put the certificate into pinned_key where its key is the one that the device onboards with',
};
