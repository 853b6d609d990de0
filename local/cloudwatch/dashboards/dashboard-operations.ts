import * as z from 'zod';
import { type Account, arnOf } from '../../account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { Operation, OperationTable } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { invalidValueCode } from '../cloudwatch-errors.ts';
import { faultsOfBody } from './dashboard-body.ts';

interface Dashboard {
  readonly body: string;
  readonly modifiedAtMs: number;
}

interface Shelf {
  readonly account: Account;
  readonly clock: Clock;
  readonly dashboards: Map<string, Dashboard>;
}

const name = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9_-]+$/, 'may hold A-Z, a-z, 0-9, _ and -');

/** Dashboards are of an account and of no region. */
const arnOfDashboard = (account: Account, dashboard: string): string =>
  arnOf({ ...account, region: '' }, 'cloudwatch', `dashboard/${dashboard}`);

const notFound = (which: string): AwsError => new AwsError('DashboardNotFoundError', `Dashboard ${which} does not exist`, { status: 404 });

const refuse = (dashboardValidationMessages: readonly object[]): AwsError =>
  new AwsError('DashboardInvalidInputError', 'The dashboard body is invalid, there are validation errors', {
    members: { dashboardValidationMessages },
  });

const put = z.object({ DashboardName: name, DashboardBody: z.string(), Tags: z.undefined('are not supported on dashboards').optional() });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html; what is only doubtful is not told of. */
const putDashboard =
  ({ clock, dashboards }: Shelf): Operation =>
  (members) => {
    const { DashboardName, DashboardBody } = parseInput(put, members, invalidValueCode);
    const faults = faultsOfBody(DashboardBody);
    if (faults.length > 0) throw refuse(faults);
    dashboards.set(DashboardName, { body: DashboardBody, modifiedAtMs: clock.now() });
    return { DashboardValidationMessages: [] };
  };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetDashboard.html */
const getDashboard =
  ({ account, dashboards }: Shelf): Operation =>
  (members) => {
    const { DashboardName } = parseInput(z.object({ DashboardName: name }), members, invalidValueCode);
    const found = dashboards.get(DashboardName);
    if (found === undefined) throw notFound(DashboardName);
    return { DashboardName, DashboardArn: arnOfDashboard(account, DashboardName), DashboardBody: found.body };
  };

const list = z.object({ DashboardNamePrefix: z.string().default(''), NextToken: z.string().optional() });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListDashboards.html, in one page. */
const listDashboards =
  ({ account, dashboards }: Shelf): Operation =>
  (members) => {
    const { DashboardNamePrefix } = parseInput(list, members, invalidValueCode);
    const found = [...dashboards].filter(([one]) => one.startsWith(DashboardNamePrefix)).sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      DashboardEntries: found.map(([one, { body, modifiedAtMs }]) => ({
        ...{ DashboardName: one, DashboardArn: arnOfDashboard(account, one) },
        ...{ LastModified: new Date(modifiedAtMs), Size: Buffer.byteLength(body) },
      })),
    };
  };

const removal = z.object({ DashboardNames: z.array(name).min(1).max(100) });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteDashboards.html; those that there are go, whatever is said of others. */
const deleteDashboards =
  ({ dashboards }: Shelf): Operation =>
  (members) => {
    const { DashboardNames } = parseInput(removal, members, invalidValueCode);
    const missing = DashboardNames.filter((one) => !dashboards.delete(one));
    if (missing.length > 0) throw notFound(missing.join(', '));
    return {};
  };

/** The dashboards of one account. */
export const dashboardOperations = (account: Account, clock: Clock): OperationTable => {
  const shelf: Shelf = { account, clock, dashboards: new Map() };
  return {
    DeleteDashboards: deleteDashboards(shelf),
    GetDashboard: getDashboard(shelf),
    ListDashboards: listDashboards(shelf),
    PutDashboard: putDashboard(shelf),
  };
};
