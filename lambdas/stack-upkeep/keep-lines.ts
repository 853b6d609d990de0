import type { ClaimStore } from '../../domain/claim/claim-ports.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { LineName, TenantName } from '../../domain/identifiers.ts';
import type { EnrollmentFilter, EnrollmentStore } from '../../domain/ports.ts';
import type { LineRelease } from '../../domain/stack-upkeep.ts';
import type { CustomResourceRequest } from '../custom-resource/request.ts';
import { LineInUseError } from './line-in-use-error.ts';
import { LINES_ID, parseLines } from './request.ts';
import { TenantInUseError } from './tenant-in-use-error.ts';

export interface LineKeeper {
  readonly store: Pick<EnrollmentStore, 'list'>;
  readonly claims: Pick<ClaimStore, 'list'>;
  readonly release: LineRelease;
}

/**
 * Fails the deployment that would take a line from devices that are in it, or their tenant, before CloudFormation deletes anything of it.
 * What closed claims still hold of a line that may go is taken from them, since nothing can be deleted while it is attached.
 */
export const keepLines = async (keeper: LineKeeper, request: CustomResourceRequest): Promise<void> => {
  if (request.RequestType === 'Delete') return releaseAll(keeper, request);
  if (request.RequestType === 'Create') return;
  const { lines, tenants } = parseLines(request.ResourceProperties);
  const before = parseLines(request.OldResourceProperties);
  const leaving = before.lines.filter((line) => !lines.includes(line));
  for (const line of leaving) await demandEmpty(keeper, line, before.closed.includes(line));
  for (const tenant of before.tenants.filter((one) => !tenants.includes(one))) await demandNoDevices(keeper, tenant);
  for (const line of leaving) await keeper.release.detachClaims(line);
};

const releaseAll = async ({ release }: LineKeeper, request: CustomResourceRequest): Promise<void> => {
  // A creation that failed left an id that is not ours, and nothing to release.
  if (request.PhysicalResourceId !== LINES_ID) return;
  const { lines, goWithStack } = parseLines(request.ResourceProperties);
  // Where the records go, nobody is left whom the devices could belong to. Elsewhere CloudFormation says what is in the way.
  for (const line of goWithStack ? lines : []) {
    await release.detachClaims(line);
    await release.detachDevices(line);
  }
};

const demandEmpty = async (keeper: LineKeeper, line: LineName, isClosed: boolean): Promise<void> => {
  // Else a device could come in between this look and the deletion.
  if (!isClosed) throw lineInUse(line, 'it is not closed', 'Put it back with "closed": true, and deploy that first');
  const device = await someDeviceOf(keeper, { lines: [line] });
  if (device !== undefined)
    throw lineInUse(
      line,
      `it has devices, "${device.serialNumber}" for one`,
      `Put it back, and decommission them: muster devices list --line ${line}`,
    );
  const claim = await openClaimOf(keeper, line);
  if (claim !== undefined)
    throw lineInUse(line, `its claim "${claim}" is open`, `Put it back, and close the claim: muster claims close ${claim}`);
};

// One that comes in between this look and the deletion is found by whoever lists the devices of no tenant that there is.
const demandNoDevices = async (keeper: LineKeeper, tenant: TenantName): Promise<void> => {
  const device = await someDeviceOf(keeper, { tenants: [tenant] });
  if (device === undefined) return;
  const { line, serialNumber } = device;
  throw new TenantInUseError(
    `The tenant "${tenant}" cannot be taken out of the configuration: it has devices, "${serialNumber}" of the line "${line}" for one. Put it back, and transfer or decommission them: muster devices list --tenant ${tenant}.`,
  );
};

const lineInUse = (line: LineName, why: string, fix: string): Error =>
  new LineInUseError(`The line "${line}" cannot be taken out of the configuration: ${why}. ${fix}.`);

const someDeviceOf = async ({ store }: LineKeeper, filter: EnrollmentFilter): Promise<Enrollment | undefined> => {
  let after: string | undefined;
  do {
    const { rows, next } = await store.list(filter, { limit: 500, after });
    const found = rows.find(isThere);
    if (found !== undefined) return found;
    after = next;
  } while (after !== undefined);
  return undefined;
};

// A tombstone holds nothing of AWS IoT, and bars its serial whether there is a line or not.
const isThere = ({ state, certificates, toRetire }: Enrollment): boolean =>
  state !== 'decommissioned' || certificates.length + toRetire.length > 0;

const openClaimOf = async ({ claims }: LineKeeper, line: LineName): Promise<string | undefined> => {
  let page = await claims.list({ limit: 100, onlyOpen: true });
  for (;;) {
    const found = page.entries.find((entry) => entry.line === line);
    if (found !== undefined || page.next === undefined) return found?.name;
    page = await claims.list({ limit: 100, onlyOpen: true, after: page.next });
  }
};
