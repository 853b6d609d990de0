import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importManifest } from '../../../cli/import/import-manifest.ts';
import type { Stage } from './stage.ts';

/** Imports a manifest of one row, by its columns, as an operator who stands for it; files that it names lie in the same folder. */
export const importRow = async ({ fleet }: Stage, row: Readonly<Record<string, string>>, folder = tmpdir()): Promise<void> => {
  const path = join(folder, `muster-manifest-${randomUUID()}.csv`);
  const columns = { tenant: 'acme', ...row };
  await writeFile(path, `${Object.keys(columns).join(',')}\n${Object.values(columns).join(',')}\n`);
  expect((await importManifest(fleet.operator, { path, isUnsigned: true })).counts).toMatchObject({ created: 1 });
  await rm(path);
};
