import { OperationError } from '../../../domain/operation-error.ts';
import type { manufacturersDistrustCa } from '../../../domain/operations/manufacturers-distrust-ca.ts';
import type { VendorCa } from '../../../domain/vendor-ca.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { vendorCaEvent } from './vendor-ca-event.ts';

type Resources = Pick<OperationResources, 'audit' | 'vendorCas' | 'vendorCaAuthority'>;

/** The record first, so that the very next certificate is refused, whatever becomes of the rest; then AWS IoT. */
export const createDistrustCa =
  ({ vendorCas, vendorCaAuthority, audit }: Resources): Performer<typeof manufacturersDistrustCa> =>
  async ({ name, id }, call) => {
    const found = await vendorCas.read(id);
    if (found?.manufacturer !== name)
      throw new OperationError('ERR_NOT_FOUND', `"${name}" has no CA ${id} here; look with: muster manufacturers list`);
    const ca: VendorCa = { ...found, state: 'distrusted', changedAt: call.at };
    if (call.isDryRun) return { ca };
    if (found.state === 'trusted') {
      await vendorCas.put(ca);
      audit.emit(vendorCaEvent('vendor-ca.distrusted', ca, call));
    }
    await vendorCaAuthority.setTrusted(id, false);
    return { ca };
  };
