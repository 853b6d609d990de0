// Writes docs/compliance.md. Run `npm run docs:compliance` after a change to what the tables say.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complianceDocument } from './compliance/compliance-document.ts';

writeFileSync(join(import.meta.dirname, '../compliance.md'), complianceDocument());
