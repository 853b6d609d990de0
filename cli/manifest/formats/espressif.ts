import { CommandError } from '../../command-error.ts';
import { csvRecords } from './csv-records.ts';
import type { ManifestFormat } from './manifest-format.ts';

const wanted = ['MAC', 'cn', 'cert'];

/** The list that comes with pre-provisioned Espressif modules: CSV with MAC address, common name and certificate in PEM. */
export const espressif: ManifestFormat = {
  name: 'espressif',
  description: 'the CSV of pre-provisioned Espressif modules: MAC, cn, cert',
  isSelfSigned: false,
  serials: ['MAC', 'cn'],
  recognizes: (_, head) => /^"?MAC"?,"?cn"?,"?cert"?\r?\n/i.test(head),
  async *rows(text, { path, serialFrom = 'MAC' }) {
    let row = 0;
    for await (const { MAC = '', cn = '', cert = '' } of csvRecords(text, path, (header) => {
      check(path, header);
    })) {
      row += 1;
      const serial = serialFrom === 'cn' ? cn : MAC;
      yield { row, fields: { serial, pinned_key: cert.trim(), 'espressif.mac': MAC, 'espressif.cn': cn } };
    }
  },
};

const check = (path: string, header: readonly string[]): void => {
  const missing = wanted.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new CommandError(`${path} is no list of Espressif modules: there is no column ${missing.join(', ')}; nothing was sent.`);
};
