import * as z from 'zod/mini';
import { type ApproachName, approachNames } from '../approaches/index.ts';
import type { Configuration } from '../domain/configuration.ts';
import { type EnrollmentMistake, isMistake, type ReadNamedFile } from '../domain/enroller.ts';
import { lineName, tenantName } from '../domain/identifiers.ts';
import type { DeviceFacts } from '../domain/registration.ts';
import { serialNumber } from '../domain/serial-number.ts';
import { enrollers } from './enrollers.ts';

/** One row of an import file: its place, and its fields by column name. */
export interface ImportRow {
  /** Counted from 1, the header not counted. */
  readonly row: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface ImportDefaults {
  readonly line?: string;
  readonly tenant?: string;
}

export interface RowContext {
  readonly configuration: Configuration;
  readonly defaults: ImportDefaults;
  readonly readFile: ReadNamedFile;
}

/** The columns that every import may have. */
const commonColumns = ['serial', 'line', 'tenant', 'approach'];

const knownColumns = [...commonColumns, ...Object.values(enrollers).flatMap(({ fields }) => fields)];

/** What a row says of a device, or everything that is wrong with it. */
export const readRow = async ({ fields }: ImportRow, context: RowContext): Promise<DeviceFacts | readonly EnrollmentMistake[]> => {
  const { defaults } = context;
  const serial = z.safeParse(serialNumber, fields['serial']);
  const line = lineOf(context, filled(fields['line']) ?? defaults.line);
  const tenant = tenantOf(context, filled(fields['tenant']) ?? defaults.tenant);
  const approach = 'fix' in line ? undefined : approachOf(filled(fields['approach']), line.approaches);
  const requirement =
    approach === undefined || typeof approach === 'object' ? {} : await enrollers[approach].requirementOf(fields, context.readFile);
  const mistakes = [
    ...unknownColumns(fields),
    ...(serial.success ? [] : [serialMistake(fields['serial'])]),
    ...[line, tenant, approach, requirement].filter(isRowMistake),
  ];
  if (mistakes.length > 0 || !serial.success || 'fix' in line || 'fix' in tenant) return mistakes;
  if (approach === undefined || typeof approach === 'object' || isMistake(requirement)) return mistakes;
  return { line: line.name, serialNumber: serial.data, tenant: tenant.name, approach, requirement };
};

const isRowMistake = (part: unknown): part is EnrollmentMistake =>
  typeof part === 'object' && part !== null && 'fix' in part && 'allowed' in part;

const filled = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text);

const quoted = (text: string | undefined): string => (text === undefined ? 'nothing' : JSON.stringify(text));

const unknownColumns = (fields: ImportRow['fields']): readonly EnrollmentMistake[] =>
  Object.keys(fields)
    .filter((column) => !knownColumns.includes(column))
    .map((column) => ({ what: 'column', got: quoted(column), allowed: knownColumns.join(', '), fix: 'rename or remove the column' }));

const serialMistake = (text: string | undefined): EnrollmentMistake => ({
  what: 'serial',
  got: quoted(text),
  allowed: '1 to 128 bytes of visible text in Unicode form NFC, with no white space at its ends',
  fix: 'write the serial exactly as the device will send it',
});

const lineOf = ({ configuration }: RowContext, name: string | undefined) => {
  const parsed = z.safeParse(lineName, name);
  const found = parsed.success ? configuration.lines.find((line) => line.name === parsed.data) : undefined;
  return found ?? unconfigured('line', name, configuration.lines);
};

const tenantOf = ({ configuration }: RowContext, name: string | undefined) => {
  const parsed = z.safeParse(tenantName, name);
  const found = parsed.success ? configuration.tenants.find((tenant) => tenant.name === parsed.data) : undefined;
  return found ?? unconfigured('tenant', name, configuration.tenants);
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
