import { checkHeader } from '../columns.ts';
import { csvRecords } from './csv-records.ts';
import type { ManifestFormat } from './manifest-format.ts';

/** Muster's own columns, comma separated, with a header. */
export const csv: ManifestFormat = {
  name: 'csv',
  description: 'comma separated with a header: serial, line, tenant, approach, what the approach needs, attributes',
  isSelfSigned: false,
  serials: ['serial'],
  recognizes: (path) => path.toLowerCase().endsWith('.csv'),
  async *rows(text, { path, knownColumns }) {
    let row = 0;
    for await (const fields of csvRecords(text, path, (header) => {
      checkHeader(path, header, knownColumns);
    })) {
      row += 1;
      yield { row, fields };
    }
  },
};
