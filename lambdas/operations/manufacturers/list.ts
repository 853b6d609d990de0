import type { manufacturersList } from '../../../domain/operations/manufacturers-list.ts';
import { reaches } from '../../../domain/operator-scope.ts';
import type { Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';

export const createListManufacturers =
  ({ manufacturers, vendorCas }: Pick<OperationResources, 'manufacturers' | 'vendorCas'>): Performer<typeof manufacturersList> =>
  async (_, { scope }) => ({
    keys: (await manufacturers.list()).filter(({ lines }) => lines.some((line) => reaches(scope, { line }))),
    cas: (await vendorCas.list()).filter(({ line }) => reaches(scope, { line })),
  });
