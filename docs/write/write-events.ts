// Writes docs/events.md. Run `npm run docs:events` after a change to the vocabulary of the audit.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsDocument } from './events-document.ts';

writeFileSync(join(import.meta.dirname, '../events.md'), eventsDocument());
