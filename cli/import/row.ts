import * as z from 'zod/mini';
import { type ApproachName, approachNames } from '../../approaches/index.ts';
import type { Configuration, LineConfiguration } from '../../domain/configuration.ts';
import { type EnrollmentMistake, isMistake, type Requirement } from '../../domain/enroller.ts';
import { lineName, tenantName, type TenantName } from '../../domain/identifiers.ts';
import type { ImportRow } from '../../domain/operations/devices-import.ts';
import { type SerialNumber, serialNumber } from '../../domain/serial-number.ts';
import { enrollers } from './enrollers.ts';
import { attributesOf } from './attributes.ts';
import { certificateColumns, certificateOf } from './certificate.ts';
import { commonColumns } from '../manifest/columns.ts';
import type { ManifestRow } from '../manifest/manifest-row.ts';
import { namedFilesBeside } from '../manifest/named-file.ts';

export interface ImportDefaults {
  readonly line?: string;
  readonly tenant?: string;
}

export interface RowContext {
  readonly configuration: Configuration;
  readonly defaults: ImportDefaults;
  /** Where the manifest lies, and the files that its columns name. */
  readonly manifest: string;
}

/** The columns that mean something to Muster; all others are attributes. */
export const knownColumns: readonly string[] = [
  ...commonColumns,
  ...certificateColumns,
  ...Object.values(enrollers).flatMap(({ fields }) => fields),
];

/** What a row says of a device, or everything that is wrong with it. */
export const readRow = async ({ fields }: ManifestRow, context: RowContext): Promise<ImportRow | readonly EnrollmentMistake[]> => {
  const serial = serialOf(fields['serial']);
  const line = lineOf(context, filled(fields['line']) ?? context.defaults.line);
  const tenant = tenantOf(context, filled(fields['tenant']) ?? context.defaults.tenant);
  const approach = isRowMistake(line) ? undefined : approachOf(filled(fields['approach']), line.approaches);
  const attributes = attributesOf(fields, knownColumns);
  const mistakes = [serial, line, tenant, approach, attributes].filter(isRowMistake);
  if (isRowMistake(serial) || isRowMistake(line) || isRowMistake(tenant) || isRowMistake(attributes)) return mistakes;
  if (approach === undefined || isRowMistake(approach)) return mistakes;
  const device = { line: line.name, serialNumber: serial };
  const requirement = await requirementOf({ approach, fields, device }, context);
  if ('mistakes' in requirement) return requirement.mistakes;
  const certificate = await certificateOf(fields, context.manifest);
  if (isRowMistake(certificate)) return [certificate];
  return {
    ...device,
    approach,
    ...requirement,
    ...certificate,
    ...(tenant === undefined ? {} : { tenant }),
    ...(Object.keys(attributes.attributes).length === 0 ? {} : attributes),
  };
};

interface Asked {
  readonly approach: ApproachName;
  readonly fields: ManifestRow['fields'];
  readonly device: { readonly line: LineConfiguration['name']; readonly serialNumber: SerialNumber };
}

const requirementOf = async (
  { approach, fields, device }: Asked,
  { manifest }: RowContext,
): Promise<{ readonly requirement: Requirement } | { readonly mistakes: readonly EnrollmentMistake[] }> => {
  const files = namedFilesBeside(manifest);
  const requirement = await enrollers[approach].requirementOf(fields, files.read, device);
  if (files.refused.length > 0) return { mistakes: files.refused };
  return isMistake(requirement) ? { mistakes: [requirement] } : { requirement };
};

const isRowMistake = (part: unknown): part is EnrollmentMistake =>
  typeof part === 'object' && part !== null && 'fix' in part && 'allowed' in part;

const filled = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text);

const quoted = (text: string | undefined): string => (text === undefined ? 'nothing' : JSON.stringify(text.slice(0, 200)));

const serialOf = (text: string | undefined): SerialNumber | EnrollmentMistake => {
  const serial = z.safeParse(serialNumber, text);
  if (serial.success) return serial.data;
  return {
    what: 'serial',
    got: quoted(text),
    allowed: '1 to 128 bytes of visible text in Unicode form NFC, with no white space at its ends',
    fix: 'write the serial exactly as the device will send it',
  };
};

const lineOf = ({ configuration }: RowContext, name: string | undefined): LineConfiguration | EnrollmentMistake => {
  const parsed = z.safeParse(lineName, name);
  const found = parsed.success ? configuration.lines.find((line) => line.name === parsed.data) : undefined;
  return found ?? unconfigured('line', name, configuration.lines);
};

// Where a row names none, the line's allocation rules choose, which the operations function knows.
const tenantOf = ({ configuration }: RowContext, name: string | undefined): TenantName | EnrollmentMistake | undefined => {
  if (name === undefined) return undefined;
  const parsed = z.safeParse(tenantName, name);
  const found = parsed.success ? configuration.tenants.find((tenant) => tenant.name === parsed.data) : undefined;
  return found?.name ?? unconfigured('tenant', name, configuration.tenants);
};

const unconfigured = (
  what: 'line' | 'tenant',
  name: string | undefined,
  known: readonly { readonly name: string }[],
): EnrollmentMistake => ({
  what,
  got: quoted(name),
  allowed: known.map((one) => one.name).join(', '),
  fix: `correct it, give --${what}, or deploy a configuration that has it`,
});

// A line with one approach needs no column for it.
const approachOf = (name: string | undefined, allowed: readonly string[]): ApproachName | EnrollmentMistake => {
  const wanted = name ?? (allowed.length === 1 ? allowed[0] : undefined);
  const known = approachNames.find((approach) => approach === wanted);
  return known !== undefined && allowed.includes(known)
    ? known
    : { what: 'approach', got: quoted(name), allowed: allowed.join(', '), fix: "name one of the line's approaches" };
};
