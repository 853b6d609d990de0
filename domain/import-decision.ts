import { tenantOf } from './admission/allocation.ts';
import type { Configuration } from './configuration/configuration-schema.ts';
import type { Enrollment } from './enrollment.ts';
import type { EnrollmentMistake } from './enroller.ts';
import { type ManufacturerKey, mayVouchFor } from './manufacturer.ts';
import type { ImportResult, ImportRow } from './operations/devices-import.ts';
import { type OperatorScope, reaches } from './operator-scope.ts';
import { type DeviceFacts, isAsSaid } from './registration.ts';

export interface ImportContext {
  readonly configuration: Pick<Configuration, 'lines' | 'tenants'>;
  readonly scope: OperatorScope;
  /** Who signed the manifest; none where nobody did. */
  readonly key: ManufacturerKey | undefined;
  /** SHA-256 of the manifest in hexadecimal digits. */
  readonly manifest: string;
}

/** What a row says of a device, or why it may not say so here. */
export const factsOf = (row: ImportRow, context: ImportContext): DeviceFacts | EnrollmentMistake => {
  const { configuration, scope, key, manifest } = context;
  const { lines } = configuration;
  const tenants = configuration.tenants.map(({ name }) => name);
  const line = lines.find(({ name }) => name === row.line);
  if (line === undefined)
    return refuse({
      what: 'line',
      got: row.line,
      allowed: lines.map(({ name }) => name),
      fix: 'correct it, or deploy a configuration that has it',
    });
  if (line.closed)
    return refuse({
      ...{ what: 'line', got: row.line },
      allowed: lines.filter(({ closed }) => !closed).map(({ name }) => name),
      fix: 'name a line that is not closed, or open this one in the configuration and deploy that',
    });
  if (!reaches(scope, { line: row.line }))
    return refuse({
      what: 'line',
      got: row.line,
      allowed: scope.lines ?? [],
      fix: `have it imported by somebody whose scope reaches it: "${scope.name}" does not`,
    });
  if (key !== undefined && !mayVouchFor(key, row.line))
    return refuse({
      what: 'line',
      got: row.line,
      allowed: key.lines,
      fix: `have the manifest signed by a key that may sign for it: that of "${key.name}" may not`,
    });
  if (!line.approaches.includes(row.approach))
    return refuse({ what: 'approach', got: row.approach, allowed: line.approaches, fix: "name one of the line's approaches" });
  const tenant = row.tenant ?? tenantOf(line.allocation, row.attributes);
  if (tenant === undefined)
    return refuse({
      what: 'tenant',
      got: undefined,
      allowed: tenants,
      fix: 'name one, or let an allocation rule of the line choose by an attribute',
    });
  if (!tenants.includes(tenant))
    return refuse({ what: 'tenant', got: tenant, allowed: tenants, fix: 'correct it, or deploy a configuration that has it' });
  return { ...row, tenant, manifest };
};

interface Refused {
  readonly what: string;
  readonly got: string | undefined;
  readonly allowed: readonly string[];
  readonly fix: string;
}

const refuse = ({ what, got, allowed, fix }: Refused): EnrollmentMistake => ({
  what,
  got: got === undefined ? 'nothing' : JSON.stringify(got),
  allowed: allowed.join(', '),
  fix,
});

/** What became of a row whose device was written, or found to be there. */
export const resultOf = (facts: DeviceFacts, found: 'written' | Enrollment): ImportResult => {
  if (found === 'written') return { outcome: 'created' };
  if (found.serialNumber !== facts.serialNumber) return conflicting(lookAlike(found, facts));
  if (found.state === 'decommissioned') return conflicting(tombstone(facts));
  return isAsSaid(found, facts) ? { outcome: 'unchanged' } : conflicting(otherwise(found, facts));
};

const conflicting = (mistake: EnrollmentMistake): ImportResult => ({ outcome: 'conflicting', mistakes: [mistake] });

// What went out of service does not come back by being in a file once more.
const tombstone = ({ serialNumber }: DeviceFacts): EnrollmentMistake => ({
  what: 'serial',
  got: `${JSON.stringify(serialNumber)}, which was taken out of service`,
  allowed: 'serials of devices that are in service, or new',
  fix: 'find out how the device came into this file; muster explain tells when it was decommissioned, by whom and why',
});

// What a device must prove may be a secret: that it differs is said, not what it is.
const otherwise = (found: DeviceFacts, facts: DeviceFacts): EnrollmentMistake => {
  const proof = isAsSaid({ ...found, requirement: facts.requirement }, facts) ? ', which must prove something else' : '';
  return {
    what: 'device',
    got: describe(facts),
    allowed: `what is enrolled: ${describe(found)}${proof}`,
    fix: 'correct the row; an import never changes a device that is enrolled',
  };
};

const lookAlike = (found: Enrollment, facts: DeviceFacts): EnrollmentMistake => ({
  what: 'serial',
  got: `${JSON.stringify(facts.serialNumber)}, which differs from ${JSON.stringify(found.serialNumber)} only in case, width or white space`,
  allowed: 'serials of a line that nobody can take for one another',
  fix: 'find out which one the device really has; the other is enrolled already',
});

const describe = ({ tenant, approach, attributes }: DeviceFacts): string =>
  JSON.stringify({ tenant, approach, ...(attributes === undefined ? {} : { attributes }) });
