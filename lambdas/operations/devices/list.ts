import { type Attention, attentionOf, attentions } from '../../../domain/attention.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { enrollmentStates } from '../../../domain/enrollment-state.ts';
import type { devicesList } from '../../../domain/operations/devices-list.ts';
import { type ListedDevice } from '../../../domain/operations/devices-list.ts';
import type { InputOf } from '../../../domain/operation.ts';
import { type OperatorScope, reaches } from '../../../domain/operator-scope.ts';
import type { EnrollmentFilter, EnrollmentPage } from '../../../domain/ports.ts';
import type { Performer } from '../operation-call.ts';
import { demandReach } from '../reach.ts';
import type { DeviceResources } from './device-resources.ts';

type Wanted = InputOf<typeof devicesList>;

/** Lists devices: what waits for an operator by an index, everything else page by page through the table. */
export const createList =
  ({ store }: Pick<DeviceResources, 'store'>): Performer<typeof devicesList> =>
  async (wanted, { scope }) => {
    const { line, tenant } = wanted;
    demandReach(scope, { ...(line === undefined ? {} : { line }), ...(tenant === undefined ? {} : { tenant }) });
    const { rows, next } = await readPage(store, wanted, filterOf(wanted, scope));
    const devices = rows.filter((row) => reaches(scope, row)).map(listed);
    return { devices, ...(next === undefined ? {} : { next }) };
  };

const readPage = (store: DeviceResources['store'], { state, limit, after }: Wanted, filter: EnrollmentFilter): Promise<EnrollmentPage> => {
  const page = { limit, after };
  const attention = attentions.find((one): one is Attention => one === state);
  if (attention !== undefined) return store.listAttention(attention, filter, page);
  const states = enrollmentStates.filter((one) => one === state);
  return store.list({ ...filter, states: state === undefined ? undefined : states }, page);
};

const filterOf = ({ line, tenant }: Wanted, scope: OperatorScope): EnrollmentFilter => ({
  lines: line === undefined ? scope.lines : [line],
  tenants: tenant === undefined ? scope.tenants : [tenant],
});

const listed = (enrollment: Enrollment): ListedDevice => {
  const { line, serialNumber, tenant, state, lastEvent } = enrollment;
  const attention = attentionOf(enrollment);
  return {
    ...{ line, serialNumber, tenant, state, lastEvent: { at: lastEvent.at, code: lastEvent.code } },
    ...(attention === undefined ? {} : { attention }),
  };
};
