// Writes SUPPORT.md and ASSUMPTIONS.md. Run `npm run docs:local` after a change to what the local AWS does or assumes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedDocuments } from './documents.ts';

for (const [name, text] of await generatedDocuments()) writeFileSync(join(import.meta.dirname, '..', name), text);
